"""Organizers send an update by mail from its page in the admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from campaigns.mailing.preparing import about, offered_campaigns, words_of
from campaigns.models import Campaign, Story, Update, UpdateText
from petitions.models import Mailing, OutboxMail

from ...factories import make_campaign, make_mailing, make_signature, make_staff

pytestmark = pytest.mark.django_db


def make_update(languages=("en", "it"), **owner):
    update = Update.objects.create(**owner)
    for language in languages:
        title = f"News of {{asked_city}} ({language})"
        UpdateText.objects.create(update=update, language=language, title=title, body=f"**Good** ({language}).")
    return update


def page_of(update):
    return reverse("admin:campaigns_update_mail", args=[update.pk])


def make_sender(username="organizer"):
    user = make_staff("Organizers", username)
    user.email = f"{username}@staff.example"
    user.save(update_fields=["email"])
    return user


@pytest.fixture
def organizer(client):
    client.force_login(make_sender())
    return client


@pytest.fixture
def campaign():
    campaign = make_campaign()
    make_signature(campaign.petition, wants_updates=True, language="it")
    return campaign


def fields(client, update, **changes):
    """What the page's form sends."""
    context = client.get(page_of(update)).context
    chosen = list(offered_campaigns(update).values_list("pk", flat=True))
    return {"campaigns": chosen, "hours": 4, "seal": context["seal"]} | changes


def press(client, update, act, **changes):
    return client.post(page_of(update), fields(client, update, **changes) | {"act": act}, follow=True)


class TestWords:
    def test_placeholders_take_the_words_of_each_campaign(self):
        story = Story.objects.create(name="Shared")
        one, two = make_campaign("one", story=story), make_campaign("two", story=story)
        update = make_update(languages=("en",), story=story)
        subjects = {words.petition_id: words.subject for words in words_of(update, offered_campaigns(update))}
        assert subjects == {each.petition_id: f"News of {each.asked_city.names.get().name} (en)" for each in (one, two)}

    def test_of_campaigns_with_one_petition_the_signers_home_speaks(self):
        story = Story.objects.create(name="Shared")
        other = make_campaign("a-first", story=story)
        home = make_campaign("b-home", story=story, petition=other.petition)
        home.petition.page_path = "campaigns/b-home/"
        home.petition.save()
        update = make_update(languages=("en",), story=story)
        (words,) = words_of(update, offered_campaigns(update))
        assert home.asked_city.names.get().name in words.subject

    def test_campaign_that_readers_cannot_see_is_not_offered(self, campaign):
        update = make_update(campaign=campaign)
        Campaign.objects.update(status="draft")
        assert not offered_campaigns(update).exists()


class TestPage:
    def test_update_page_leads_to_it(self, organizer, campaign):
        update = make_update(campaign=campaign)
        page = organizer.get(reverse("admin:campaigns_update_change", args=[update.pk])).content.decode()
        assert page_of(update) in page

    def test_without_the_right_it_is_refused_and_not_offered(self, client, campaign):
        Group.objects.get(name="Organizers").permissions.remove(Permission.objects.get(codename="send_mailing"))
        client.force_login(make_staff("Organizers"))
        update = make_update(campaign=campaign)
        assert client.get(page_of(update)).status_code == 403
        page = client.get(reverse("admin:campaigns_update_change", args=[update.pk])).content.decode()
        assert page_of(update) not in page

    @pytest.mark.parametrize("key", ["x", "0", "9" * 30])
    def test_update_that_is_not_there_is_not_found(self, organizer, key):
        assert organizer.get(reverse("admin:campaigns_update_mail", args=[key])).status_code == 404

    def test_it_counts_by_language_and_shows_what_each_reads(self, organizer, campaign):
        make_signature(campaign.petition, wants_updates=True, language="ko")
        context = organizer.get(page_of(make_update(campaign=campaign))).context
        assert context["recipients"].rows == [("Italian", 1), ("Korean", 1)]
        assert [preview.text.language for preview in context["previews"]] == ["en", "it"]

    def test_looking_at_it_writes_nothing(self, organizer, campaign):
        organizer.get(page_of(make_update(campaign=campaign)))
        assert not Mailing.objects.exists()

    def test_preview_is_the_mail_itself_without_scripts(self, organizer, campaign):
        update = make_update(campaign=campaign)
        url = reverse("admin:campaigns_update_mail_preview", args=[update.pk, "it"])
        response = organizer.get(f"{url}?petition={campaign.petition_id}")
        assert "<strong>Good</strong> (it)" in response.content.decode()
        assert "sandbox" in response.headers["Content-Security-Policy"]

    @pytest.mark.parametrize("query", ["", "?petition=x", "?petition=999"])
    def test_preview_of_nothing_is_not_found(self, organizer, campaign, query):
        url = reverse("admin:campaigns_update_mail_preview", args=[make_update(campaign=campaign).pk, "it"])
        assert organizer.get(url + query).status_code == 404

    def test_update_without_words_has_nothing_to_send(self, organizer, campaign):
        page = organizer.get(page_of(make_update(languages=(), campaign=campaign)))
        assert "nothing to send yet" in page.content.decode()

    def test_update_that_is_not_yet_published_has_nothing_to_send(self, organizer, campaign):
        update = make_update(campaign=campaign, published_at=timezone.now() + timedelta(days=1))
        assert "nothing to send yet" in organizer.get(page_of(update)).content.decode()

    def test_update_that_is_being_mailed_cannot_be_deleted(self, organizer, campaign):
        update = make_update(campaign=campaign)
        make_mailing(campaign.petition, about=about(update))
        assert organizer.post(reverse("admin:campaigns_update_delete", args=[update.pk])).status_code == 403

    def test_counting_follows_the_chosen_campaigns(self, organizer):
        story = Story.objects.create(name="Shared")
        campaigns = [make_campaign(slug, story=story) for slug in ("one", "two")]
        for campaign in campaigns:
            make_signature(campaign.petition, wants_updates=True)
        update = make_update(story=story)
        assert organizer.get(page_of(update)).context["recipients"].total == 2
        assert press(organizer, update, "count", campaigns=[campaigns[0].pk]).context["recipients"].total == 1

    @pytest.mark.parametrize(
        "changes", [{"campaigns": []}, {"campaigns": ["x"]}, {"hours": 73}, {"hours": -1}, {"hours": ""}]
    )
    def test_odd_choice_is_refused_with_the_page(self, organizer, campaign, changes):
        update = make_update(campaign=campaign)
        assert press(organizer, update, "ask", **changes).status_code == 422
        assert not Mailing.objects.exists()


class TestSending:
    def test_test_mail_waits_for_oneself_and_sends_nothing_else(self, organizer, campaign):
        update = make_update(campaign=campaign)
        press(organizer, update, "test")
        assert {mail.staff.username for mail in OutboxMail.objects.all()} == {"organizer"}
        assert Mailing.objects.get().state == "draft"

    def test_few_people_get_it_at_once(self, organizer, campaign):
        update = make_update(campaign=campaign)
        assert press(organizer, update, "ask", hours=2).status_code == 200
        mailing = Mailing.objects.get(about=about(update))
        assert (mailing.state, mailing.spread_hours, mailing.texts.count()) == ("sending", 2, 2)

    def test_words_changed_after_they_were_shown_are_not_sent(self, organizer, campaign):
        update = make_update(campaign=campaign)
        form = fields(organizer, update)
        update.texts.update(body="Something else.")
        assert organizer.post(page_of(update), form | {"act": "ask"}).status_code == 409
        assert not Mailing.objects.exists()

    def test_words_changed_after_they_were_approved_change_nothing(self, organizer, campaign):
        update = make_update(campaign=campaign)
        press(organizer, update, "ask")
        update.texts.update(body="Something else.")
        assert not Mailing.objects.get().texts.filter(body="Something else.").exists()

    def test_refused_sending_leaves_no_draft(self, organizer, campaign):
        campaign.petition.signatures.update(wants_updates=False)
        assert press(organizer, make_update(campaign=campaign), "ask").status_code == 409
        assert not Mailing.objects.exists()

    @override_settings(MAILING_SECOND_PERSON_ABOVE=0)
    def test_second_person_says_yes_and_the_first_cannot(self, organizer, client, campaign):
        update = make_update(campaign=campaign)
        press(organizer, update, "ask")
        mailing = Mailing.objects.get()
        decision = {"act": "approve", "mailing": mailing.pk}
        client.post(page_of(update), decision)
        mailing.refresh_from_db()
        assert mailing.state == "asked"
        client.force_login(make_sender("second"))
        assert "Yes, send it" in client.get(page_of(update)).content.decode()
        client.post(page_of(update), decision)
        mailing.refresh_from_db()
        assert (mailing.state, mailing.approved_by.username) == ("sending", "second")

    def test_progress_tells_what_was_sent_and_what_failed(self, organizer, campaign):
        update = make_update(campaign=campaign)
        mailing = make_mailing(campaign.petition, about=about(update), expected_count=3)
        states = (("sent", ""), ("failed", "550 no such user"), ("waiting", ""))
        for number, (state, said) in enumerate(states):
            signature = make_signature(campaign.petition, email=f"s{number}@mail.example")
            row = {"kind": "news", "language": "en", "signature": signature, "mailing": mailing}
            OutboxMail.objects.create(state=state, last_error=said, **row)
        page = organizer.get(page_of(update))
        progress = page.context["progress"]
        assert (progress.sent, progress.failed, progress.waiting) == (1, 1, 1)
        assert "550 no such user (1)" in page.content.decode()

    def test_stop_button_stops_it(self, organizer, campaign):
        update = make_update(campaign=campaign)
        mailing = make_mailing(campaign.petition, about=about(update))
        organizer.post(page_of(update), {"act": "stop", "mailing": mailing.pk})
        mailing.refresh_from_db()
        assert mailing.state == "stopped"

    @pytest.mark.parametrize("key", ["", "x", "999999"])
    def test_decision_on_no_mailing_is_not_found(self, organizer, campaign, key):
        response = organizer.post(page_of(make_update(campaign=campaign)), {"act": "stop", "mailing": key})
        assert response.status_code == 404

    @pytest.mark.parametrize("number", [1, 3])
    def test_page_keeps_its_budget(self, organizer, number, django_assert_max_num_queries):
        story = Story.objects.create(name="Shared")
        for position in range(number):
            make_campaign(f"c{position}", story=story)
        update = make_update(languages=["en", "it", "ko"][:number], story=story)
        organizer.get(page_of(update))
        with django_assert_max_num_queries(32):
            organizer.get(page_of(update))


@override_settings(MAILING_SECOND_PERSON_ABOVE=0)
def test_overview_leads_the_second_person_to_it_and_not_the_first(organizer, client, campaign):
    update = make_update(campaign=campaign)
    press(organizer, update, "ask")
    assert "mailing waits" not in client.get("/admin/").content.decode()
    client.force_login(make_sender("second"))
    assert f'href="{page_of(update)}"' in client.get("/admin/").content.decode()
