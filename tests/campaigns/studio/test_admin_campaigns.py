"""Organizers write campaigns in the admin, all languages on one page."""

import pytest
from django.contrib.admin import site
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign, CampaignText, Letter, LetterText, Story, Target
from campaigns.studio import publishing
from campaigns.studio.admin.campaigns import CampaignTargetInline
from petitions.loading import loaded
from petitions.models import Petition

from ...factories import make_campaign, make_city, make_petition, make_staff, make_target

pytestmark = pytest.mark.django_db
LIST = reverse("admin:campaigns_campaign_changelist")


@pytest.fixture
def organizer(client):
    client.force_login(make_staff("Organizers"))
    return client


def change_url(thing):
    return reverse(f"admin:{thing._meta.label_lower.replace('.', '_')}_change", args=[thing.pk])


def inline(prefix, *rows, initial=0):
    """A formset's fields: the first `initial` rows exist already."""
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return fields | {f"{prefix}-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}


def campaign_fields(**changes):
    fields = {"twinned_in": 2015, "source_language": "en", "status": "draft", "slug": ""}
    fields |= inline("texts") | inline("campaign_targets") | inline("posts")
    return fields | changes


class TestCampaignPage:
    def test_new_campaign_takes_its_address_from_the_cities(self, organizer):
        asked, other = make_city("milan"), make_city("daegu")
        cities = {"asked_city": asked.pk, "other_city": other.pk, "petition": make_petition().pk}
        organizer.post(reverse("admin:campaigns_campaign_add"), campaign_fields(**cities))
        assert Campaign.objects.get().slug == "milan-daegu"

    def test_new_text_is_saved_under_its_normalized_tag(self, organizer):
        asked, other = make_city("milan"), make_city("daegu")
        texts = inline("texts", {"language": "ZH-hant", "headline": "姊妹城市"})
        cities = {"asked_city": asked.pk, "other_city": other.pk, "petition": make_petition().pk}
        organizer.post(reverse("admin:campaigns_campaign_add"), campaign_fields(**cities, **texts))
        assert CampaignText.objects.get().language == "zh-Hant"

    def test_unknown_placeholder_is_refused_by_name(self, organizer):
        texts = inline("texts", {"language": "en", "headline": "Ask {mayor}"})
        answer = organizer.post(reverse("admin:campaigns_campaign_add"), campaign_fields(**texts))
        assert "{mayor}" in answer.content.decode()
        assert not CampaignText.objects.exists()

    def test_page_says_what_is_missing(self, organizer):
        page = organizer.get(change_url(make_campaign())).content.decode()
        assert "has no postal address" in page

    def test_address_of_a_published_campaign_cannot_be_changed(self, organizer):
        assert 'name="slug"' not in organizer.get(change_url(make_campaign())).content.decode()

    def test_published_campaign_cannot_be_deleted(self, organizer):
        campaign = make_campaign()
        assert organizer.post(reverse("admin:campaigns_campaign_delete", args=[campaign.pk])).status_code == 403

    def test_view_on_site_opens_the_preview_of_a_draft(self, organizer):
        campaign = make_campaign(status="draft", published_at=None)
        assert f'href="/en/campaigns/{campaign.slug}/?preview"' in organizer.get(change_url(campaign)).content.decode()

    def test_target_without_a_name_is_shown_by_its_office(self, organizer):
        campaign = make_campaign(asked_city=make_city("milan"))
        Target.objects.update(name="")
        page = organizer.get(change_url(campaign)).content.decode()
        assert page.count("Mayor, Milan") == 2  # the row's heading, and the chosen target

    def test_office_that_names_its_city_names_it_once(self):
        target = make_target(make_city("milan"), name="")
        target.texts.update(office="Mayor of Milan")
        assert str(Target.objects.prefetch_related(loaded("texts")).get()) == "Mayor of Milan"

    def test_target_whose_texts_were_not_fetched_is_named_without_a_statement(self, django_assert_num_queries):
        make_campaign(asked_city=make_city("milan"))
        Target.objects.update(name="")
        target = Target.objects.select_related("city").get()
        with django_assert_num_queries(0):
            assert str(target) == f"Milan (IT) #{target.pk}"

    @pytest.mark.parametrize("number", [1, 3])
    def test_offices_of_all_rows_are_fetched_at_once(self, organizer, number, django_assert_num_queries):
        campaign = make_campaign()
        for _number in range(number):
            campaign.campaign_targets.create(target=make_target(campaign.asked_city, name=""))
        rows = CampaignTargetInline(Campaign, site).get_queryset(organizer.get(LIST).wsgi_request)
        with django_assert_num_queries(2):
            assert len([str(row) for row in rows]) == number + 1

    def test_list_of_languages_is_on_the_page_once(self, organizer):
        page = organizer.get(change_url(make_campaign())).content.decode()
        assert page.count("<datalist") == 1
        assert '<option value="it">Italian — italiano</option>' in page
        assert len(page) < 300_000

    def test_moderator_cannot_open_it(self, client):
        client.force_login(make_staff("Moderators"))
        assert client.get(change_url(make_campaign())).status_code == 403

    @pytest.mark.parametrize("languages", [1, 3])
    def test_queries_do_not_grow_with_texts(self, organizer, languages, django_assert_num_queries):
        campaign = make_campaign()
        letter = Letter.objects.get()
        for tag in ("it", "ko", "de")[:languages]:
            CampaignText.objects.create(campaign=campaign, language=tag, headline="Headline")
            LetterText.objects.create(letter=letter, language=tag, subject="Subject", body="Body")
        # Kinds of content are remembered from the first page on.
        organizer.get(change_url(campaign))
        with django_assert_num_queries(43):
            organizer.get(change_url(campaign))


class TestCampaignList:
    @pytest.mark.parametrize("number", [1, 3])
    def test_queries_do_not_grow_with_campaigns(self, organizer, number, django_assert_num_queries):
        story = Story.objects.create(name="Shared")
        CampaignText.objects.create(story=story, language="en", headline="Shared headline")
        for index in range(number):
            make_campaign(f"campaign-{index}", story=story)
        with django_assert_num_queries(10):
            organizer.get(LIST)

    def test_translation_older_than_its_source_is_marked(self, organizer):
        campaign = make_campaign()
        CampaignText.objects.create(
            campaign=campaign, language="it", headline="Titolo", source_digest="of another text"
        )
        assert "out of date" in organizer.get(LIST).content.decode()

    def test_city_name_in_any_language_finds_its_campaign(self, organizer):
        make_campaign("milan-daegu").asked_city.names.create(language="it", name="Milano")
        make_campaign("turin-busan")
        found = organizer.get(LIST, {"q": "Milano"}).context["cl"].queryset
        assert [campaign.slug for campaign in found] == ["milan-daegu"]


class TestStaleTranslation:
    def test_tick_says_that_it_is_still_right(self, organizer):
        letter = Letter.objects.get(campaign=make_campaign())
        source = letter.texts.get()
        text = LetterText.objects.create(letter=letter, language="it", subject="Oggetto", body="Testo")
        LetterText.objects.filter(pk=text.pk).update(source_digest="of another text")
        rows = [
            {"id": row.pk, "language": row.language, "subject": row.subject, "body": row.body} for row in (source, text)
        ]
        fields = {"name": letter.name, "campaign": letter.campaign_id, "position": 0}
        organizer.post(change_url(letter), fields | inline("texts", *rows, initial=2) | {"texts-1-still_right": "on"})
        text.refresh_from_db()
        assert not text.is_stale(source)

    def test_translation_changed_with_its_source_is_not_behind_it(self, organizer):
        letter = Letter.objects.get(campaign=make_campaign())
        source = letter.texts.get()
        text = LetterText.objects.create(letter=letter, language="de", subject="Betreff", body="Text")
        rows = [{"id": row.pk, "language": row.language, "subject": "New", "body": "New"} for row in (text, source)]
        fields = {"name": letter.name, "campaign": letter.campaign_id, "position": 0}
        organizer.post(change_url(letter), fields | inline("texts", *rows, initial=2))
        assert LetterText.objects.get(language="de").subject == "New"
        assert not LetterText.objects.get(language="de").is_stale(LetterText.objects.get(language="en"))


class TestSteps:
    def save(self, organizer, campaign, **changes):
        kept = ("twinned_in", "source_language", "status", "petition_id", "asked_city_id", "other_city_id")
        fields = campaign_fields(**{name.removesuffix("_id"): getattr(campaign, name) for name in kept})
        return organizer.post(change_url(campaign), fields | changes, follow=True).content.decode()

    def test_step_says_what_happened_to_campaign_and_petition(self, organizer):
        page = self.save(organizer, make_campaign(), status="closed")
        assert "The campaign is closed, and its page says how it ended. The petition is closed" in page

    def test_status_that_another_chose_meanwhile_stands_and_the_rest_is_saved(self, organizer):
        campaign = make_campaign()
        publishing.close(Campaign.objects.get(), make_staff("Organizers", "anna"))
        changes = {"initial-status": "published", "status": "published", "twinned_in": 1999}
        page = self.save(organizer, campaign, **changes)
        assert "It is “closed, with an outcome” by now: anna chose so on" in page
        assert Campaign.objects.values_list("status", "twinned_in").get() == ("closed", 1999)

    def test_petition_left_open_is_closed_by_one_press(self, organizer):
        campaign = make_campaign(status="closed", closed_at=timezone.now())
        url = reverse("admin:campaigns_campaign_close_petition", args=[campaign.pk])
        assert url in organizer.get(change_url(campaign)).content.decode()
        assert "The petition is closed" in organizer.post(url, follow=True).content.decode()
        assert Petition.objects.get().status == "closed"

    def test_pressing_it_twice_says_so(self, organizer):
        campaign = make_campaign(status="closed", closed_at=timezone.now())
        Petition.objects.update(status="closed", closed_at=timezone.now())
        url = reverse("admin:campaigns_campaign_close_petition", args=[campaign.pk])
        assert "was not changed" in organizer.post(url, follow=True).content.decode()

    def test_moderator_cannot_press_it(self, client):
        client.force_login(make_staff("Moderators"))
        url = reverse("admin:campaigns_campaign_close_petition", args=[make_campaign().pk])
        assert client.post(url).status_code == 403


class TestPetitionHome:
    def test_publishing_leads_signers_home_to_the_campaign(self, organizer):
        campaign = make_campaign(petition=make_petition(), status="draft", published_at=None)
        cities = {"asked_city": campaign.asked_city_id, "other_city": campaign.other_city_id}
        fields = campaign_fields(petition=campaign.petition_id, status="published", slug="new-address", **cities)
        fields |= inline("campaign_targets") | inline("texts")
        organizer.post(change_url(campaign), fields)
        assert Petition.objects.get().page_path == "campaigns/new-address/"


def test_petitions_written_for_many_campaigns_are_one_message(organizer):
    campaigns = [make_campaign(f"c{n}", petition=make_petition(f"c{n}", languages=())) for n in range(8)]
    for campaign in campaigns[:6]:
        campaign.texts.all().delete()
    chosen = {"action": "write_petition_texts", "index": 0, "_selected_action": [each.pk for each in campaigns]}
    response = organizer.post(reverse("admin:campaigns_campaign_changelist"), chosen)
    (message,) = get_messages(response.wsgi_request)
    assert message.level_tag == "warning"
    assert str(message).startswith(
        "2 texts written (en). Read them before the petition opens. 6 were left as they are."
    )
    assert str(message).count("<li>") == 5
