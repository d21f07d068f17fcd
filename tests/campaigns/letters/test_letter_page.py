"""The composer's page: choosing, filling in, and the ways to send."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from campaigns.models import CampaignTarget, CityName, Contact, DeedCount, Letter, LetterText
from petitions.links import token_for
from petitions.throttling import PAPER_BY_NETWORK, count_or_refuse

from ...factories import make_campaign, make_signature, make_target

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_pages")]

PAGE = "/en/campaigns/milan-daegu/letter/"
BODY = "{salutation}\n\nplease speak up.\n\n{personal_paragraph}\n\nYours,\n{sender_name}\n{sender_address}"
BROWSER = {"User-Agent": "Mozilla/5.0", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def campaign():
    return make_campaign(letter=BODY)


def typed(campaign, **fields):
    letter = LetterText.objects.first()
    everybody = [str(row.target_id) for row in campaign.campaign_targets.all()]
    return {
        "letter": f"{letter.letter_id}-{letter.language}",
        "name": "김하늘",
        "address": "서울",
        "country": "KR",
        "paragraph": "I grew up in Daegu.",
        "recipients": everybody,
    } | fields


def post(client, campaign, path="", **fields):
    return client.post(PAGE + path, typed(campaign, **fields), headers=BROWSER)


def html_of(response):
    return unescape(response.content.decode())


def mail_link(response):
    found = re.search(r'href="(mailto:[^"]+)"[^>]*>[^<]*Open in my mail app', html_of(response))
    return found[1] if found else None


def test_page_shows_the_letter_with_its_marks(client, campaign):
    html = html_of(client.get(PAGE))
    assert "please speak up." in html
    assert "[your name]" in html


def test_prepared_letter_is_in_the_mail_link(client, campaign):
    link = mail_link(post(client, campaign))
    fields = parse_qs(urlsplit(link).query)
    assert fields["body"] == [
        "Dear Mayor,\r\n\r\nplease speak up.\r\n\r\nI grew up in Daegu.\r\n\r\nYours,\r\n김하늘\r\n서울\r\nSouth Korea"
    ]


def test_letter_too_long_for_a_link_offers_none_and_says_why(client, campaign):
    response = post(client, campaign, paragraph="한국어로 쓴 긴 편지입니다. " * 20)
    html = html_of(response)
    assert mail_link(response) is None
    assert "too long for a mail link" in html
    assert "mail.google.com" not in html
    assert "outlook.live.com" not in html
    assert re.search(r'href="mailto:[^"]+"[^>]*>Open an addressed mail', html)


def test_draft_download_reads_back(client, campaign):
    response = post(client, campaign, "draft.eml")
    mail = message_from_bytes(response.content, policy=default)
    assert (mail["To"], mail["Subject"]) == ("mayor@milan.example", "A request")
    assert "김하늘" in mail.get_content()
    assert response.headers["Content-Disposition"] == 'attachment; filename="milan-daegu.eml"'


@pytest.mark.parametrize("path", ["", "draft.eml", "letter.pdf", "print/", "labels/", "labels.pdf"])
def test_missing_name_leads_back_to_the_form_with_all_that_was_typed(client, campaign, path):
    response = post(client, campaign, path, name="")
    html = html_of(response)
    assert response.status_code == 422
    assert "I grew up in Daegu." in html
    assert 'href="#letter-name"' in html


BAD_FIELDS = [
    ("name", "x" * 100_000),
    ("name", "Elena 😀"),
    ("address", "x" * 5000),
    ("paragraph", "p" * 50_000),
    ("paragraph", "p\n" * 41),
    ("address", "a\n" * 9 + "a"),
    ("country", "XX"),
    ("letter", "999-xx"),
    ("letter", ""),
    ("recipients", ["999999"]),
    ("recipients", ["'; DROP TABLE"]),
]


@pytest.mark.parametrize(("field", "value"), BAD_FIELDS)
def test_bad_field_is_named(client, campaign, field, value):
    response = post(client, campaign, **{field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", "Elena\0"), ("name", "Elena \u202e"), ("address", "Via \u2066Roma"), ("paragraph", "a \u202eb")],
)
def test_characters_that_nobody_sees_are_dropped(client, campaign, field, value):
    response = post(client, campaign, **{field: value})
    assert response.status_code == 200
    assert not set("\0\u202e\u2066") & set(response.context["form"].cleaned_data[field])


def test_line_break_in_a_name_makes_no_header(client, campaign):
    response = post(client, campaign, "draft.eml", name="Elena\r\nBcc: spy")
    mail = message_from_bytes(response.content, policy=default)
    assert mail["Bcc"] is None
    assert "Elena Bcc: spy" in mail.get_content()


def test_markup_in_a_name_is_shown_literally(client, campaign):
    response = post(client, campaign, name="*Ele* <b>na</b> #import [x]".replace("/", ""))
    assert "*Ele* &lt;b&gt;na&lt;b&gt; #import [x]" in response.content.decode()


def test_choosing_another_language_keeps_what_was_typed(client, campaign):
    letter = LetterText.objects.first().letter
    LetterText.objects.create(letter=letter, language="ko", subject="요청", body="안녕하십니까")
    html = html_of(post(client, campaign, letter=f"{letter.pk}-ko", name="", show="1"))
    assert "안녕하십니까" in html
    assert "I grew up in Daegu." in html
    assert "things to mend" not in html


def test_letter_can_be_chosen_by_its_address(client, campaign):
    letter = LetterText.objects.first().letter
    LetterText.objects.create(letter=letter, language="ko", subject="요청", body="안녕하십니까")
    assert "안녕하십니까" in html_of(client.get(f"{PAGE}?letter={letter.pk}-ko"))


@pytest.mark.parametrize("key", ["", "x", "999-it", "1" * 1500, "%F0%9F"])
def test_unknown_choice_in_the_address_shows_the_first_letter(client, campaign, key):
    assert "please speak up." in html_of(client.get(f"{PAGE}?letter={key}"))


def test_untouched_recipient_is_left_out(client, campaign):
    copied = make_target(campaign.other_city, email="mayor@daegu.example")
    CampaignTarget.objects.create(campaign=campaign, target=copied, role="copy")
    decides = campaign.campaign_targets.get(role="decides").target_id
    assert "mayor@daegu.example" in mail_link(post(client, campaign))
    assert "mayor@daegu.example" not in mail_link(post(client, campaign, recipients=[str(decides)]))


def test_nothing_typed_is_stored(client, campaign):
    before = DeedCount.objects.count()
    post(client, campaign)
    post(client, campaign, "draft.eml")
    stored = " ".join(str(row) for row in DeedCount.objects.values_list())
    assert DeedCount.objects.count() == before + 2
    assert "김하늘" not in stored


def test_prepared_letters_are_counted_once_a_reader(client, campaign):
    for _ in range(3):
        post(client, campaign)
    assert DeedCount.objects.get(channel="letter").count == 1


def test_letter_with_a_mistake_is_not_counted(client, campaign):
    post(client, campaign, name="")
    assert not DeedCount.objects.exists()


def test_another_site_cannot_prepare_a_letter(client, campaign):
    response = client.post(PAGE, typed(campaign), headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["draft.eml", "letter.pdf", "print/", "labels/", "labels.pdf"])
def test_files_are_not_to_be_fetched_by_address(client, campaign, path):
    assert client.get(PAGE + path).status_code == 405


def test_prepared_page_is_kept_by_the_readers_own_browser_alone(client, campaign):
    kept = post(client, campaign).headers["Cache-Control"]
    assert "private" in kept
    assert "no-cache" in kept


def test_nobody_to_write_to_is_asked_for(client, campaign):
    response = post(client, campaign, recipients=[])
    assert response.status_code == 422
    assert 'href="#letter-recipients"' in html_of(response)


def test_several_letters_are_named_by_their_subject_in_the_readers_language(client, campaign):
    other = Letter.objects.create(campaign=campaign, name="For organizers only", position=5)
    LetterText.objects.create(letter=other, language="it", subject="Altra richiesta", body="x")
    LetterText.objects.create(letter=other, language="en", subject="Another request", body="x")
    html = html_of(client.get(PAGE))
    assert "Italiano: Another request" in html
    assert "For organizers only" not in html


def test_city_names_in_the_hint_are_shown_literally(client, campaign):
    CityName.objects.filter(city=campaign.asked_city).update(name="<b>Milan</b>")
    assert "<b>Milan" not in client.get(PAGE).content.decode()


def test_draft_campaign_has_no_letter_page(client):
    make_campaign(status="draft")
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {}, headers=BROWSER).status_code == 404


def test_campaign_without_letters_leads_to_its_page(client):
    make_campaign(letter="")
    assert client.get(PAGE).headers["Location"] == "/en/campaigns/milan-daegu/"


def test_target_without_mail_is_written_to_on_paper(client, campaign):
    Contact.objects.all().delete()
    target = campaign.campaign_targets.get().target
    Contact.objects.create(target=target, kind="post", language="it", value="Palazzo Marino\n20121 Milano")
    html = html_of(post(client, campaign))
    assert "None of those you chose has an e-mail address" in html
    assert "Palazzo Marino" in html


def test_fax_of_the_chosen_is_shown(client, campaign):
    target = campaign.campaign_targets.get().target
    Contact.objects.create(target=target, kind="fax", value="+39 02 884 50568")
    assert "+39 02 8845 0568" in html_of(post(client, campaign))


def test_signers_link_opens_the_letter_filled_in(client, campaign):
    signature = make_signature(campaign.petition, name="김하늘", city="대구", country="KR")
    response = client.get(f"/en/signatures/{token_for(signature)}/letter/")
    html = html_of(response)
    assert 'value="김하늘"' in html
    assert "대구</textarea>" in html
    assert '<option value="KR" selected>' in html
    assert "no-store" in response.headers["Cache-Control"]


def test_unconfirmed_signers_link_leads_to_confirming(client, campaign):
    signature = make_signature(campaign.petition, state="pending")
    response = client.get(f"/en/signatures/{token_for(signature)}/letter/")
    assert response.headers["Location"] == f"/en/signatures/{token_for(signature)}/"


def test_signers_page_leads_to_the_letter_without_personal_data_in_its_address(client, campaign):
    signature = make_signature(campaign.petition, name="김하늘")
    html = html_of(client.get(f"/en/signatures/{token_for(signature)}/"))
    assert f'href="/en/signatures/{token_for(signature)}/letter/"' in html


def test_very_long_letter_is_shown_and_drafted_whole(client, campaign):
    LetterText.objects.update(body="긴 편지. " * 10_000)
    assert post(client, campaign).status_code == 200
    mail = message_from_bytes(post(client, campaign, "draft.eml").content, policy=default)
    assert mail.get_content().count("긴 편지.") == 10_000


def test_letter_that_no_font_of_ours_has_is_left_to_the_print_view(client, campaign):
    html = html_of(post(client, campaign, paragraph="With love ❤️"))
    assert "There is no PDF, for our fonts lack ❤" in html
    assert "letter.pdf" not in html
    response = post(client, campaign, "letter.pdf", paragraph="With love ❤️")
    assert response.status_code == 422
    assert "Use the print view" in html_of(response)


def test_words_that_typst_cannot_set_get_an_answer(client, campaign):
    assert post(client, campaign, "letter.pdf", paragraph="⑶\u2029\u0598\u2061").status_code in (200, 422)


def test_too_many_pdfs_from_one_network_are_refused_and_nothing_is_lost(client, campaign):
    for _ in range(PAPER_BY_NETWORK.times):
        count_or_refuse((PAPER_BY_NETWORK, "127.0.0.0/24"))
    response = post(client, campaign, "letter.pdf")
    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "I grew up in Daegu." in html_of(response)


@pytest.mark.parametrize("origin", ["http://[::1", "http://[", "https://a]b"])
def test_unreadable_origin_counts_as_another_site(client, campaign, origin):
    assert client.post(PAGE, typed(campaign), headers={"Origin": origin}).status_code == 403
