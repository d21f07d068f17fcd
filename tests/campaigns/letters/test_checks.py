"""What organizers are told of a letter when they save it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.letters import checks
from campaigns.letters.checks import check_letter, typical_sender
from campaigns.models import (
    CampaignTarget,
    Contact,
    Letter,
    LetterText,
    OpeningHours,
    Story,
    Target,
    TargetText,
)
from campaigns.studio.checklist import missing
from campaigns.targets.checks import check_target

from ...factories import make_campaign

pytestmark = pytest.mark.django_db
LETTER = "{salutation}\n\nplease speak up.\n\nYours,\n{sender_name}"


def write(letter, language="it", body=LETTER, subject="Richiesta"):
    return LetterText.objects.create(letter=letter, language=language, subject=subject, body=body)


def reachable(target):
    """Contacts and a salutation in Italian, so that nothing is missing."""
    Contact.objects.create(target=target, kind="post", value="Piazza della Scala 2\n20121 Milano")
    Contact.objects.create(target=target, kind="telephone", value="+39 02 8845 0136")
    OpeningHours.objects.create(target=target, opens_at="09:00", closes_at="12:00")
    TargetText.objects.create(target=target, language="it", office="Sindaca", salutation="Gentile Sindaca,")


@pytest.fixture
def letter():
    """A campaign's own letter in which nothing is missing."""
    campaign = make_campaign(letter="")
    reachable(Target.objects.get())
    letter = Letter.objects.create(campaign=campaign, name="Letter to the Mayor")
    write(letter)
    return letter


@pytest.fixture
def shared():
    """A story's letter."""
    letter = Letter.objects.create(story=Story.objects.create(name="Shared"), name="Shared letter")
    write(letter)
    return letter


def said(letter):
    check = check_letter(letter)
    return [str(problem) for problem in [*check.problems, *(p for text in check.texts for p in text.all_problems)]]


def sending_of(letter):
    return check_letter(letter).texts[0].sendings[0]


class TestLetterItself:
    def test_good_letter_has_no_problem(self, letter):
        assert (check_letter(letter).problem_count, said(letter)) == (0, [])

    @pytest.mark.parametrize(
        ("language", "body", "problem"),
        [
            ("it", "{sender_name}", "{salutation} is missing."),
            ("it", "{salutation}", "{sender_name} is missing at the end"),
            ("it", f"{LETTER} {{mayor}}", "nothing is known to fill {mayor}."),
            ("it", f"{LETTER} \u202eabc", "invisible characters turn the direction"),
            ("it", LETTER + "שלום " * 20, "run against the direction of Italian"),
            ("ar", LETTER, "run against the direction of Arabic"),
        ],
    )
    def test_each_mistake_in_the_words_is_named(self, letter, language, body, problem):
        LetterText.objects.update(language=language, body=body)
        assert any(problem in text for text in said(letter)), said(letter)

    def test_city_names_in_latin_letters_leave_an_arabic_letter_right(self, letter):
        body = "{salutation} نطلب منكم {asked_city} و {other_city}\n{sender_name}"
        LetterText.objects.update(language="ar", subject="طلب", body=body)
        assert not any("direction" in text for text in said(letter))

    def test_letter_without_the_asked_citys_language_is_named(self, letter):
        LetterText.objects.update(language="en")
        assert "There is no letter in Italian, the language of the asked city." in said(letter)

    def test_other_letter_of_the_campaign_may_be_in_that_language(self, letter):
        LetterText.objects.update(language="en")
        write(Letter.objects.create(campaign=letter.campaign, name="Second letter"))
        assert not any("There is no letter" in text for text in said(letter))


class TestParagraphs:
    OUT_OF_STEP = "Letter to the Mayor, Italian: 2 paragraphs, but 3 in English."

    def test_translation_out_of_step_with_the_source_language_is_named(self, letter):
        write(letter, "en")
        LetterText.objects.filter(language="it").update(body="{salutation}\n\n{sender_name}")
        assert [text for text in said(letter) if "paragraph" in text] == [
            f"{self.OUT_OF_STEP} Readers see them side by side, so keep them in step."
        ]

    def test_checklist_of_the_campaign_names_it_too(self, letter):
        write(letter, "en")
        LetterText.objects.filter(language="it").update(body="{salutation}\n\n{sender_name}")
        assert any(str(problem).startswith(self.OUT_OF_STEP) for problem in missing(letter.campaign))

    def test_more_empty_lines_are_no_further_paragraphs(self, letter):
        write(letter, "en", LETTER.replace("\n\n", "\r\n\r\n\r\n\r\n"))
        assert not any("paragraph" in text for text in said(letter))


class TestWaysOfSending:
    def test_short_letter_goes_every_way(self, letter):
        message = sending_of(letter).message
        assert (message.fits_mail_app, message.fits_gmail, message.fits_outlook) == (True, True, True)

    def test_length_is_told_with_its_limit(self, letter):
        sending = sending_of(letter)
        assert sending.length == f"{len(sending.message.mail_app):,} of 2,000"

    def test_long_letter_is_said_to_be_too_long(self, letter):
        LetterText.objects.update(body=LETTER + "parola " * 300)
        assert not sending_of(letter).message.fits_mail_app
        assert any("too long for a mail link by " in text for text in said(letter))

    def test_nobody_is_told_to_shorten_a_letter_in_a_script_that_never_fits(self, letter):
        LetterText.objects.update(body=LETTER + "도와주세요 " * 100)
        assert not sending_of(letter).message.fits_mail_app
        assert not any("too long" in text for text in said(letter))

    def test_letter_to_nobody_with_an_address_is_not_addressed(self, letter):
        Contact.objects.filter(kind="email").delete()
        assert not sending_of(letter).is_addressed

    @pytest.mark.parametrize(("language", "letter_of"), [("ko", "한"), ("ar", "ع"), ("it", "I")])
    def test_typical_sender_writes_in_the_letters_script(self, language, letter_of):
        sender = typical_sender(language)
        assert letter_of in sender.name
        assert 10 <= len(sender.name) <= 12
        assert 35 <= len(sender.address) <= 40

    def test_character_that_no_font_has_is_named(self, letter):
        LetterText.objects.update(body=f"{LETTER} \N{EGYPTIAN HIEROGLYPH A001}")
        assert any("our fonts lack \N{EGYPTIAN HIEROGLYPH A001}, so there is no PDF" in text for text in said(letter))


class TestSalutation:
    def test_salutation_missing_in_a_language_leads_to_the_targets_page(self, letter):
        write(letter, "ko")
        target = Target.objects.get()
        found = [problem for text in check_letter(letter).texts for problem in text.all_problems]
        assert [problem.text for problem in found] == [
            "Giulia Bianchi has no salutation in Korean: say how a letter to them begins.",
        ]
        assert found[0].url == reverse("admin:campaigns_target_change", args=[target.pk]) + "#texts-group"

    def test_salutation_of_the_language_serves_its_regions(self, letter):
        write(letter, "it-CH")
        assert said(letter) == []

    def test_salutation_is_asked_for_only_where_a_letter_uses_it(self, letter):
        write(letter, "ko", "안녕하십니까\n{sender_name}")
        assert not any("no salutation in Korean" in text for text in said(letter))

    def test_office_missing_in_a_language_is_named(self, letter):
        write(letter, "ko", "{decider_office}\n{sender_name}")
        assert "The office of Giulia Bianchi is not written in Korean." in said(letter)

    def test_letter_without_anybody_to_decide_says_so(self, letter):
        CampaignTarget.objects.all().delete()
        assert "No target decides, so nothing fills {salutation}." in said(letter)


class TestTargets:
    @pytest.mark.parametrize(
        ("rows", "problem"),
        [
            ([("post", "Piazza della Scala 2", "")], "has no e-mail address."),
            ([("email", "mayor@milan.example", "")], "has no postal address."),
            ([("post", "1 Scala Square", "en")], "has no postal address in Italian"),
            ([("telephone", "+39 02 8845 0136", "")], "has no opening hours"),
            ([("telephone", "12", "")], "12 is not a number that can be dialled."),
            ([("fax", "+39 1", "")], "+39 1 is not a number that can be dialled."),
            ([("email", "mayor@", "")], "mayor@ is not an e-mail address."),
            ([("web", "milan", "")], "milan is not the address of a page."),
        ],
    )
    def test_each_gap_is_named(self, letter, rows, problem):
        target = Target.objects.get()
        target.contacts.all().delete()
        target.opening_hours.all().delete()
        for kind, value, language in rows:
            Contact.objects.create(target=target, kind=kind, value=value, language=language)
        assert any(text.startswith("Giulia Bianchi") and problem in text for text in said(letter)), said(letter)

    def test_address_in_latin_letters_is_not_native_in_daegu(self):
        campaign = make_campaign()
        target = Target.objects.get()
        Target.objects.update(city=campaign.other_city)
        address = Contact.objects.create(target=target, kind="post", value="88 Gongpyeong-ro\nDaegu")
        before = [str(problem) for problem in check_target(Target.objects.get())]
        Contact.objects.filter(pk=address.pk).update(value="대구광역시 중구 공평로 88")
        after = [str(problem) for problem in check_target(Target.objects.get())]
        gap = "Giulia Bianchi has no postal address in Korean, as it should stand on an envelope."
        assert (gap in before, gap in after) == (True, False)

    def test_target_without_a_name_is_called_by_its_office(self, letter):
        Target.objects.update(name="")
        Contact.objects.filter(kind="post").delete()
        assert said(letter) == ["Mayor has no postal address."]


class TestStoryLetter:
    def test_only_campaigns_without_letters_of_their_own_are_looked_at(self, shared):
        make_campaign("with-own", story=shared.story)
        without = make_campaign("without", story=shared.story, letter="")
        sendings = check_letter(shared).texts[0].sendings
        assert [sending.campaign for sending in sendings] == [without]

    def test_campaigns_past_the_bound_are_counted(self, shared, monkeypatch):
        monkeypatch.setattr(checks, "CAMPAIGNS_AT_MOST", 2)
        for number in range(3):
            make_campaign(f"campaign-{number}", story=shared.story, letter="")
        check = check_letter(shared)
        assert (check.campaign_count, check.left_out) == (2, 1)

    def test_letter_of_no_campaign_is_checked_for_its_words(self, shared):
        LetterText.objects.update(body="Please.")
        assert check_letter(shared).problem_count == 2

    @pytest.mark.parametrize("number", [1, 3])
    def test_statements_do_not_grow_with_campaigns_and_languages(self, shared, number):
        for position in range(number):
            make_campaign(f"campaign-{position}", story=shared.story, letter="")
        for language in ("ko", "de", "fr")[:number]:
            write(shared, language)
        with CaptureQueriesContext(connection) as statements:
            check_letter(shared)
        assert len(statements) == 8


class TestSavedTarget:
    def test_target_of_a_campaign_lacks_salutations_for_its_letters(self):
        make_campaign()
        LetterText.objects.create(letter=Letter.objects.get(), language="ko", subject="s", body=LETTER)
        found = [str(problem) for problem in check_target(Target.objects.get())]
        assert "Giulia Bianchi has no salutation in Korean: say how a letter to them begins." in found

    def test_letters_that_a_campaign_does_not_offer_ask_for_no_salutation(self, shared):
        make_campaign(story=shared.story)
        write(shared, "ko")
        assert not any("salutation" in str(problem) for problem in check_target(Target.objects.get()))
