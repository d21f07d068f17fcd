"""Two organizers on one page, and translations that know what they were made from."""

from html import unescape

import html5lib
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.models import Campaign, CampaignText, Letter, LetterText
from campaigns.studio import publishing

from ...factories import make_campaign, make_staff
from .test_admin_campaigns import change_url

pytestmark = pytest.mark.django_db


def logged_in(name):
    client = Client()
    client.force_login(make_staff("Organizers", name))
    return client


@pytest.fixture
def first():
    return logged_in("first")


@pytest.fixture
def second():
    return logged_in("second")


def opened(client, thing):
    """What the browser of somebody who opens the page would send back."""
    html = client.get(change_url(thing)).content.decode()
    return fields_of(html)


def fields_of(html):
    page = html5lib.parse(html, namespaceHTMLElements=False)
    fields = {}
    for field in page.iter():
        name = field.get("name", "")
        if field.tag == "input" and field.get("type") not in ("submit", "checkbox", "file", "radio"):
            fields[name] = field.get("value", "")
        elif field.tag == "textarea":
            fields[name] = (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib] or options[:1]
            fields[name] = chosen[0].get("value", "") if chosen else ""
    return {name: value for name, value in fields.items() if name and "__prefix__" not in name}


def save(client, thing, fields):
    return client.post(change_url(thing), fields)


class TestDifferentFields:
    def test_both_are_kept(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"twinned_in": "2001"})
        assert save(second, campaign, theirs | {"texts-0-headline": "A new headline"}).status_code == 302
        campaign.refresh_from_db()
        assert (campaign.twinned_in, campaign.texts.get().headline) == (2001, "A new headline")

    def test_second_is_told_what_the_first_changed(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"twinned_in": "2001"})
        answer = second.post(change_url(campaign), theirs | {"texts-0-headline": "A new headline"}, follow=True)
        assert "Somebody changed this meanwhile: Twinned in. It stays" in answer.content.decode()
        assert "by first." in answer.content.decode()

    def test_what_was_typed_into_a_field_closed_meanwhile_is_given_back(self, first, second):
        campaign = make_campaign(status="draft", published_at=None)
        theirs = opened(second, campaign)
        publishing.publish(campaign, make_staff("Organizers", "third"))
        answer = second.post(change_url(campaign), theirs | {"slug": "another"}, follow=True)
        assert "cannot be changed any more: slug: “another”" in answer.content.decode()
        campaign.refresh_from_db()
        assert campaign.slug == "milan-daegu"

    def test_who_saves_alone_is_told_nothing(self, first):
        campaign = make_campaign()
        answer = first.post(change_url(campaign), opened(first, campaign) | {"twinned_in": "2001"}, follow=True)
        assert "Somebody changed this" not in answer.content.decode()

    def test_fields_of_one_text_are_kept_apart(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"texts-0-summary": "Mine."})
        save(second, campaign, theirs | {"texts-0-headline": "Theirs"})
        text = campaign.texts.get()
        assert (text.headline, text.summary) == ("Theirs", "Mine.")

    def test_text_added_meanwhile_stays(self, first, second):
        campaign = make_campaign()
        theirs = opened(second, campaign)
        CampaignText.objects.create(campaign=campaign, language="it", headline="Titolo")
        save(second, campaign, theirs | {"twinned_in": "2001"})
        assert campaign.texts.count() == 2


class TestSameField:
    def test_second_is_asked_and_nothing_is_lost(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"texts-0-headline": "Mine"})
        html = save(second, campaign, theirs | {"texts-0-headline": "Theirs"}).content.decode()
        assert "It now says: “Mine”" in unescape(html)
        assert "by first." in html
        assert 'value="Theirs"' in html
        assert campaign.texts.get().headline == "Mine"

    def test_long_text_is_shown_where_it_differs(self, first, second):
        campaign = make_campaign()
        campaign.texts.update(body="Word. " * 500)
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"texts-0-body": mine["texts-0-body"] + "Their end."})
        html = save(second, campaign, theirs | {"texts-0-body": theirs["texts-0-body"] + "Another."}).content.decode()
        assert "Word. Their end.”" in unescape(html)

    def test_saving_again_decides_it(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"texts-0-headline": "Mine"})
        asked = save(second, campaign, theirs | {"texts-0-headline": "Theirs"})
        save(second, campaign, fields_of(asked.content.decode()))
        assert campaign.texts.get().headline == "Theirs"

    def test_saving_again_leaves_what_only_the_other_changed(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"texts-0-headline": "Mine", "texts-0-summary": "Mine.", "twinned_in": "2001"})
        asked = save(second, campaign, theirs | {"texts-0-headline": "Theirs"}).content.decode()
        assert "Somebody changed this meanwhile: Twinned in, Summary. It stays" in asked
        save(second, campaign, fields_of(asked))
        campaign.refresh_from_db()
        text = campaign.texts.get()
        assert (campaign.twinned_in, text.summary, text.headline) == (2001, "Mine.", "Theirs")

    def test_mending_an_error_does_not_undo_the_other_unasked(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        save(first, campaign, mine | {"twinned_in": "2001"})
        asked = save(second, campaign, theirs | {"twinned_in": "long ago"})
        answer = save(second, campaign, fields_of(asked.content.decode()) | {"twinned_in": "1999"})
        assert "It now says: “2001”" in unescape(answer.content.decode())
        campaign.refresh_from_db()
        assert campaign.twinned_in == 2001

    def test_same_change_twice_is_no_conflict(self, first, second):
        campaign = make_campaign()
        mine, theirs = opened(first, campaign), opened(second, campaign)
        for client, fields in ((first, mine), (second, theirs)):
            assert save(client, campaign, fields | {"twinned_in": "2001"}).status_code == 302


class TestAddedRows:
    NEW = {"texts-TOTAL_FORMS": "2", "texts-1-headline": "Mein Titel"}

    def test_same_language_added_by_both_is_said_and_both_are_kept(self, first, second):
        campaign = make_campaign()
        theirs = opened(second, campaign)
        CampaignText.objects.create(campaign=campaign, language="de", headline="Ihr Titel")
        html = save(second, campaign, theirs | self.NEW | {"texts-1-language": "German"}).content.decode()
        assert "Somebody added this meanwhile: “Ihr Titel”" in unescape(html)
        assert "Mein Titel" in html

    def test_language_named_twice_in_two_ways_is_refused(self, first):
        campaign = make_campaign()
        twice = {"texts-TOTAL_FORMS": "3", "texts-1-language": "German", "texts-2-language": "de"}
        twice |= {"texts-2-headline": "Noch einer"}
        assert save(first, campaign, opened(first, campaign) | self.NEW | twice).status_code == 200
        assert campaign.texts.count() == 1


class TestLock:
    def test_signing_does_not_wait_for_a_page_that_is_saved(self, first):
        campaign = make_campaign()
        with CaptureQueriesContext(connection) as queries:
            save(first, campaign, opened(first, campaign))
        locks = [query["sql"] for query in queries if " FOR " in query["sql"]]
        assert locks
        assert [sql for sql in locks if "FOR NO KEY UPDATE" not in sql] == []


class TestDeletedRows:
    def letter(self):
        letter = Letter.objects.get(campaign=make_campaign())
        LetterText.objects.create(letter=letter, language="it", subject="Oggetto", body="Testo")
        return letter

    def test_words_of_a_text_deleted_meanwhile_stay_on_the_page(self, first, second):
        letter = self.letter()
        theirs = opened(second, letter)
        LetterText.objects.filter(language="it").delete()
        html = save(second, letter, theirs | {"texts-1-body": "A new body"}).content.decode()
        assert "Somebody deleted this meanwhile" in html
        assert "A new body" in html
        save(second, letter, fields_of(html))
        assert LetterText.objects.get(language="it").body == "A new body"

    def test_text_deleted_meanwhile_and_not_touched_stays_deleted(self, first, second):
        letter = self.letter()
        theirs = opened(second, letter)
        LetterText.objects.filter(language="it").delete()
        assert save(second, letter, theirs | {"texts-0-body": "A new body"}).status_code == 302
        assert [text.body for text in LetterText.objects.all()] == ["A new body"]

    def test_rows_behind_a_deleted_one_are_merged_as_ever(self, first, second):
        letter = self.letter()
        LetterText.objects.create(letter=letter, language="ko", subject="제목", body="본문")
        theirs = opened(second, letter)
        LetterText.objects.filter(language="it").delete()
        LetterText.objects.filter(language="ko").update(subject="새 제목")
        assert save(second, letter, theirs | {"texts-2-body": "새 본문"}).status_code == 302
        text = LetterText.objects.get(language="ko")
        assert (text.subject, text.body) == ("새 제목", "새 본문")

    def test_text_changed_meanwhile_is_not_deleted_unseen(self, first, second):
        letter = self.letter()
        theirs = opened(second, letter)
        LetterText.objects.filter(language="it").update(body="Better")
        html = save(second, letter, theirs | {"texts-1-DELETE": "on"}).content.decode()
        assert "Look at it again before you delete it" in html
        assert LetterText.objects.filter(language="it").exists()


class TestNonsense:
    @pytest.mark.parametrize("shown", ["", "[]", "{", '{"": 1}', '{"": {"slug": "x"}}', "\u0301" * 1000, "[" * 100_000])
    def test_is_no_error(self, first, shown):
        campaign = make_campaign()
        fields = opened(first, campaign) | {"shown-values": shown, "twinned_in": "2001"}
        assert save(first, campaign, fields).status_code in (200, 302)


class TestStaleness:
    def letter(self):
        letter = Letter.objects.get(campaign=make_campaign())
        source = letter.texts.get()
        source.body = "One\nTwo"
        source.save()
        text = LetterText(letter=letter, language="it", subject="Oggetto", body="Uno\nDue")
        text.declare_translation_of(source)
        text.save()
        return letter

    def is_stale(self):
        return LetterText.objects.get(language="it").is_stale(LetterText.objects.get(language="en"))

    def test_other_line_ends_change_nothing(self, first):
        letter = self.letter()
        before = list(LetterText.objects.values_list("updated_at", flat=True))
        crlf = {name: value.replace("\n", "\r\n") for name, value in opened(first, letter).items()}
        save(first, letter, crlf)
        assert list(LetterText.objects.values_list("updated_at", flat=True)) == before
        assert not self.is_stale()

    def test_changed_source_makes_the_others_stale(self, first):
        letter = self.letter()
        save(first, letter, opened(first, letter) | {"texts-0-body": "One\nThree"})
        assert self.is_stale()

    def test_translation_changed_afterwards_is_fresh_again(self, first):
        letter = self.letter()
        save(first, letter, opened(first, letter) | {"texts-0-body": "One\nThree"})
        save(first, letter, opened(first, letter) | {"texts-1-body": "Uno\nTre"})
        assert not self.is_stale()
        assert LetterText.objects.get(language="it").source_words["body"] == "One\nThree"

    def test_new_translation_knows_what_it_was_made_from(self, first):
        campaign = make_campaign()
        new = {"texts-TOTAL_FORMS": "2", "texts-1-language": "Italian", "texts-1-headline": "Titolo"}
        save(first, campaign, opened(first, campaign) | new)
        text = campaign.texts.get(language="it")
        assert text.source_words["headline"] == campaign.texts.get(language="en").headline

    def test_changed_source_makes_those_stale_of_which_nobody_said_anything(self, first):
        letter = self.letter()
        letter.texts.update(source_digest="", source_words=None)
        save(first, letter, opened(first, letter) | {"texts-0-body": "One\nThree"})
        assert self.is_stale()
        assert LetterText.objects.get(language="it").source_words["body"] == "One\nTwo"

    def test_source_language_changed_back_and_forth_is_not_stale(self):
        letter = self.letter()
        Campaign.objects.update(source_language="it")
        assert not letter.texts.get(language="en").is_stale(letter.texts.get(language="it"))


class TestColleagues:
    def test_what_two_administrators_change_is_both_kept(self):
        colleague = make_staff("Organizers", "colleague")
        clients = [Client(), Client()]
        for number, client in enumerate(clients):
            client.force_login(User.objects.create_superuser(f"administrator-{number}"))
        pages = [
            {name: value for name, value in opened(client, colleague).items() if name not in ("user_permissions",)}
            | {"is_active": "on", "is_staff": "on", "groups": [group.pk for group in colleague.groups.all()]}
            for client in clients
        ]
        assert save(clients[0], colleague, pages[0] | {"first_name": "Ada"}).status_code == 302
        assert save(clients[1], colleague, pages[1] | {"last_name": "Rossi"}).status_code == 302
        colleague.refresh_from_db()
        assert (colleague.get_full_name(), colleague.is_staff, colleague.groups.count()) == ("Ada Rossi", True, 1)


class TestWhoCanReadIt:
    def test_text_that_readers_cannot_choose_says_so(self, first):
        campaign = make_campaign()
        CampaignText.objects.create(campaign=campaign, language="de", headline="Titel")
        page = first.get(change_url(campaign)).content.decode()
        assert page.count("Readers cannot choose this language yet.") == 1

    def test_letter_is_offered_in_every_language(self, first):
        letter = Letter.objects.get(campaign=make_campaign())
        LetterText.objects.create(letter=letter, language="de", subject="Betreff", body="Text")
        assert "Readers cannot choose" not in first.get(change_url(letter)).content.decode()
