"""Organizers write letters in the admin and see how each can be sent."""

import pytest
from django.urls import reverse

from campaigns.models import Campaign, Letter, LetterText, Story

from ...factories import make_call_script, make_campaign, make_staff
from ..studio.test_admin_campaigns import change_url, inline
from .test_checks import LETTER, reachable, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def save(organizer, letter, body):
    text = letter.texts.get()
    row = {"id": text.pk, "language": text.language, "subject": "New", "body": body}
    fields = {"name": letter.name, "campaign": letter.campaign_id, "position": 0}
    return organizer.post(change_url(letter), fields | inline("texts", row, initial=1), follow=True)


def good_letter():
    campaign = make_campaign(letter="")
    reachable(campaign.campaign_targets.get().target)
    letter = Letter.objects.create(campaign=campaign, name="Letter to the Mayor")
    write(letter)
    return letter


class TestLetterPage:
    def test_edited_letter_is_shown_to_supporters(self, organizer, fresh_pages):
        campaign = make_campaign()
        letter = Letter.objects.get(campaign=campaign)
        row = {"id": letter.texts.get().pk, "language": "en", "subject": "New subject", "body": "Dear Mayor, speak."}
        fields = {"name": letter.name, "campaign": campaign.pk, "position": 0}
        organizer.post(change_url(letter), fields | inline("texts", row, initial=1))
        assert "Dear Mayor, speak." in organizer.get(f"{campaign.get_absolute_url()}letter/").content.decode()

    def test_long_letter_is_saved_with_a_warning(self, organizer):
        letter = Letter.objects.get(campaign=make_campaign())
        answer = save(organizer, letter, "word " * 500)
        assert "too long for a mail link" in answer.content.decode()
        assert LetterText.objects.get().subject == "New"

    def test_letter_without_an_owner_is_refused(self, organizer):
        fields = {"name": "Letter", "position": 0} | inline("texts")
        answer = organizer.post(reverse("admin:campaigns_letter_add"), fields)
        assert "Choose either a campaign or a shared story." in answer.content.decode()

    def test_moderator_cannot_open_it(self, client):
        letter = good_letter()
        client.force_login(make_staff("Moderators"))
        assert client.get(change_url(letter)).status_code == 403


def shared_letter():
    letter = Letter.objects.create(story=Story.objects.create(name="Shared"), name="Shared letter")
    write(letter)
    return letter


class TestViewOnSite:
    def link(self, organizer, thing):
        return organizer.get(change_url(thing)).context["absolute_url"]

    def test_letter_opens_where_supporters_write_it(self, organizer):
        letter = good_letter()
        url = self.link(organizer, letter)
        assert url == f"/en/campaigns/{letter.campaign.slug}/letter/?letter={letter.pk}-it"
        assert organizer.get(url).status_code == 200

    def test_letter_of_a_story_opens_in_a_visible_campaign_that_offers_it(self, organizer):
        letter = shared_letter()
        make_campaign("with-own", story=letter.story)
        make_campaign("draft", story=letter.story, letter="", status="draft", published_at=None)
        make_campaign("offers-it", story=letter.story, letter="")
        assert self.link(organizer, letter).startswith("/en/campaigns/offers-it/letter/?")

    def test_what_nobody_can_see_has_no_link(self, organizer):
        draft = good_letter()
        Campaign.objects.update(status="draft")
        empty = Letter.objects.create(campaign=make_campaign("other"), name="Empty")
        assert [self.link(organizer, letter) for letter in (draft, empty, shared_letter())] == [None] * 3

    def test_call_script_opens_the_call_page(self, organizer):
        script = make_call_script({"en": "Hello."}, campaign=make_campaign())
        assert self.link(organizer, script) == "/en/campaigns/milan-daegu/call/"


class TestCallScript:
    DIFFERING = "The texts differ in their number of lines"

    def test_texts_of_different_length_are_named_on_the_page(self, organizer):
        script = make_call_script({"en": "Hello.", "it": "Buongiorno.\nGrazie."}, campaign=make_campaign())
        assert self.DIFFERING in organizer.get(change_url(script)).content.decode()

    def test_texts_in_step_are_not(self, organizer):
        script = make_call_script({"en": "Hello.", "it": "Buongiorno."}, campaign=make_campaign())
        assert self.DIFFERING not in organizer.get(change_url(script)).content.decode()

    def test_warning_at_saving_is_of_the_words_just_saved(self, organizer):
        script = make_call_script({"en": "Hello.", "it": "Buongiorno.\nGrazie."}, campaign=make_campaign())
        rows = [{"id": text.pk, "language": text.language, "words": "One line."} for text in script.texts.all()]
        fields = {"name": "Call", "campaign": script.campaign_id, "position": 0}
        answer = organizer.post(change_url(script), fields | inline("texts", *rows, initial=2), follow=True)
        assert answer.status_code == 200
        assert self.DIFFERING not in answer.content.decode()


class TestHowItCanBeSent:
    def test_good_letter_is_saved_with_praise(self, organizer):
        answer = save(organizer, good_letter(), LETTER).content.decode()
        assert "We looked at the letter in all its languages: nothing is missing." in answer

    def test_number_of_problems_leads_to_the_letter(self, organizer):
        letter = good_letter()
        answer = save(organizer, letter, "Please speak up.").content.decode()
        assert "There are 2 things to look at in this letter." in answer
        assert f'<a href="{change_url(letter)}#sending">' in answer

    def test_page_shows_length_and_ways_in_words(self, organizer):
        page = organizer.get(change_url(good_letter())).content.decode()
        assert "of 2,000" in page
        assert page.count("yes") >= 3

    def test_letter_too_long_says_what_readers_will_do(self, organizer):
        letter = good_letter()
        LetterText.objects.update(body=LETTER + "parola " * 500)
        page = organizer.get(change_url(letter)).content.decode()
        assert "too long</span>" in page
        assert "Readers will copy it, or send the draft file" in page

    def test_problem_links_to_the_page_of_the_target(self, organizer):
        letter = good_letter()
        letter.campaign.campaign_targets.get().target.texts.all().delete()
        page = organizer.get(change_url(letter)).content.decode()
        assert f'href="{change_url(letter.campaign.campaign_targets.get().target)}#texts-group"' in page

    def test_letter_of_a_story_shows_each_campaign(self, organizer):
        letter = Letter.objects.create(story=Story.objects.create(name="Shared"), name="Shared letter")
        write(letter)
        campaigns = [make_campaign(slug, story=letter.story, letter="") for slug in ("milan-daegu", "turin-busan")]
        page = organizer.get(change_url(letter)).content.decode()
        assert all(f'href="{change_url(campaign)}"' in page for campaign in campaigns)

    def test_letter_without_texts_says_so(self, organizer):
        letter = Letter.objects.create(campaign=make_campaign(letter=""), name="Empty")
        assert "This letter has no text yet" in organizer.get(change_url(letter)).content.decode()

    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_campaigns(self, organizer, number, django_assert_num_queries):
        letter = Letter.objects.create(story=Story.objects.create(name="Shared"), name="Shared letter")
        write(letter)
        for position in range(number):
            make_campaign(f"campaign-{position}", story=letter.story, letter="")
        with django_assert_num_queries(20):
            organizer.get(change_url(letter))
