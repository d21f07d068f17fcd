"""A suggested letter with one supporter's words."""

import pytest

from campaigns.letters.composing import Composer, Sender
from campaigns.models import Campaign, CampaignTarget, Contact, Letter, LetterText, TargetText
from campaigns.reading.page import pages

from ...factories import make_campaign, make_target

pytestmark = pytest.mark.django_db

BODY = "{salutation}\n\nplease speak up.\n\nYours,\n{sender_name}\n{sender_address}"
HANEUL = Sender("김하늘", "서울특별시\n종로구", "KR", "저는 대구에서 자랐습니다.")


def composer(language="en"):
    return Composer(pages(Campaign.objects.all(), language)[0])


def compose(sender=None, chosen=None, language="en"):
    composing = composer(language)
    return composing.compose(composing.choices[0], sender, chosen)


def add_text(language, body, subject="s"):
    return LetterText.objects.create(
        letter=LetterText.objects.first().letter, language=language, subject=subject, body=body
    )


def test_sender_fills_in_name_and_address():
    make_campaign(letter=BODY)
    assert compose(HANEUL).body.endswith("Yours,\n김하늘\n서울특별시\n종로구\nSouth Korea")


def test_country_of_the_sender_stands_in_the_letters_language():
    make_campaign(letter=BODY)
    add_text("it", BODY)
    assert compose(HANEUL).body.endswith("Corea del Sud")


def test_sender_of_the_same_country_names_no_country():
    make_campaign(letter=BODY)
    assert compose(Sender("Elena Marchi", "Milano", "IT")).body.endswith("Elena Marchi\nMilano")


def test_without_a_name_the_marks_stay():
    make_campaign(letter=BODY)
    assert "[your name]\n[your address]" in compose().body


def test_empty_address_leaves_no_empty_line():
    make_campaign(letter=BODY)
    assert compose(Sender("Elena Marchi")).body.endswith("Yours,\nElena Marchi")


def test_own_words_follow_the_salutation():
    make_campaign(letter=BODY)
    assert compose(HANEUL).paragraphs[:3] == ["Dear Mayor,", "저는 대구에서 자랐습니다.", "please speak up."]


def test_own_words_stand_where_the_letter_wants_them():
    make_campaign(letter="{salutation}\n\nPlease.\n\n{personal_paragraph}\n\nYours, {sender_name}")
    assert compose(HANEUL).paragraphs[2] == "저는 대구에서 자랐습니다."


def test_without_own_words_their_place_vanishes():
    make_campaign(letter="{salutation}\n\n{personal_paragraph}\n\nYours, {sender_name}")
    assert compose(Sender("Elena Marchi")).paragraphs == ["Dear Mayor,", "Yours, Elena Marchi"]


def test_placeholders_in_own_words_are_words():
    make_campaign(letter=BODY)
    sender = Sender("{asked_city}", "{year}", "", "I write {salutation} and {unknown}.")
    body = compose(sender).body
    assert "I write {salutation} and {unknown}." in body
    assert body.endswith("{asked_city}\n{year}")


def test_unknown_placeholder_stays_literal():
    make_campaign(letter="Dear {nobody}, {sender_name}")
    assert compose(HANEUL).paragraphs[0] == "Dear {nobody}, 김하늘"


def test_missing_salutation_leaves_no_mark():
    make_campaign(letter=BODY)
    TargetText.objects.update(salutation="")
    assert compose(Sender("Elena Marchi")).paragraphs[0] == "please speak up."


def test_reader_sees_the_same_paragraphs_beside():
    make_campaign(letter=BODY)
    add_text("it", "{salutation}\n\nparli.\n\nDistinti saluti,\n{sender_name}\n{sender_address}")
    rows = compose(HANEUL).rows
    assert [(row.words.split("\n")[0], row.beside.split("\n")[0]) for row in rows[1:]] == [
        ("저는 대구에서 자랐습니다.", ""),
        ("parli.", "please speak up."),
        ("Distinti saluti,", "Yours,"),
    ]


def test_paragraphs_without_counterpart_stand_alone():
    make_campaign(letter="One.\n\nTwo.\n\nThree.")
    add_text("it", "Uno.\n\nDue.")
    assert [(row.words, row.beside) for row in compose().rows] == [("Uno.", "One."), ("Due.", "Two."), ("", "Three.")]


def test_letter_in_the_readers_language_stands_alone():
    make_campaign(letter=BODY)
    assert compose().beside_subject is None


def test_first_choice_is_the_asked_citys_language():
    make_campaign(letter=BODY)
    add_text("it", BODY)
    assert [view.language for view in composer().choices] == ["it", "en"]


@pytest.mark.parametrize("key", ["", "nonsense", "999-it", "\0", "1" * 5000])
def test_unknown_choice_means_the_first(key):
    make_campaign(letter=BODY)
    composing = composer()
    assert composing.choose(key) == composing.choices[0]


def with_copy(campaign):
    copied = make_target(campaign.other_city, email="mayor@daegu.example", name="Copied")
    CampaignTarget.objects.create(campaign=campaign, target=copied, role="copy", position=2)
    return copied


def test_mail_goes_to_who_decides_with_a_copy_to_who_gets_one():
    with_copy(make_campaign())
    message = compose(HANEUL).message
    assert (message.to, message.cc) == (["mayor@milan.example"], ["mayor@daegu.example"])


def test_only_chosen_recipients_are_written_to():
    campaign = make_campaign()
    with_copy(campaign)
    decides = campaign.campaign_targets.get(role="decides").target_id
    message = compose(HANEUL, {decides}).message
    assert (message.to, message.cc) == (["mayor@milan.example"], [])


def test_copy_alone_is_written_to():
    copied = with_copy(make_campaign())
    message = compose(HANEUL, {copied.pk}).message
    assert (message.to, message.cc) == (["mayor@daegu.example"], [])


def test_target_without_mail_or_paper_address_is_no_recipient():
    make_campaign()
    Contact.objects.all().delete()
    assert composer().to == []


def test_line_breaks_in_the_subject_become_spaces():
    make_campaign(letter=BODY)
    LetterText.objects.update(subject="From {sender_name}\nBcc: x@x.example")
    assert str(compose(HANEUL).subject) == "From 김하늘 Bcc: x@x.example"


def test_own_words_carry_no_language_of_the_letter():
    make_campaign(letter=BODY)
    assert [row.is_own for row in compose(HANEUL).rows] == [False, True, False, False]


def test_letter_on_paper_ends_with_the_name_to_be_signed():
    make_campaign(letter=BODY)
    assert compose(HANEUL).paper_paragraphs[-1] == "Yours,\n김하늘"


def test_marks_speak_the_readers_language_where_the_letters_is_not_spoken_here():
    make_campaign(letter="")
    letter = Letter.objects.create(campaign=Campaign.objects.get(), name="x")
    LetterText.objects.create(letter=letter, language="de", subject="s", body="{sender_name} {other_country}")
    assert compose(language="it").body == "[il tuo nome] Südkorea"


def test_missing_salutation_in_one_language_keeps_the_others_in_step():
    make_campaign(letter=BODY)
    add_text("it", BODY.replace("please speak up.", "parli."))
    target = TargetText.objects.get().target
    TargetText.objects.update(salutation="")
    TargetText.objects.create(target=target, language="it", office="Sindaca", salutation="Gentile Sindaca,")
    rows = [(row.words, row.beside) for row in compose(Sender("Elena Marchi")).rows]
    assert rows[:2] == [("Gentile Sindaca,", ""), ("parli.", "please speak up.")]


def test_subject_of_nothing_but_empty_words_names_the_cities():
    make_campaign(letter=BODY)
    LetterText.objects.update(subject="{personal_paragraph}")
    assert " – " in str(compose(Sender("Elena Marchi")).subject)
