"""Links and drafts that carry a letter whole, or are not offered."""

from email import message_from_bytes
from email.headerregistry import Address
from email.policy import default
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from campaigns.letters.mail_links import GMAIL_LIMIT, MAIL_APP_LIMIT, OUTLOOK_LIMIT, Message, mailto

LETTER = Message(["a@x.example", "b@x.example"], ["c@x.example"], "Tøpic & more?", "Dear,\n\nline & ? = # + 100%\n글")


def query(link):
    return parse_qs(urlsplit(link).query, strict_parsing=True)


def test_mail_link_decodes_to_the_letter():
    to = [unquote(address) for address in urlsplit(LETTER.mail_app).path.split(",")]
    assert to == LETTER.to
    assert query(LETTER.mail_app) == {
        "cc": ["c@x.example"],
        "subject": ["Tøpic & more?"],
        "body": ["Dear,\r\n\r\nline & ? = # + 100%\r\n글"],
    }


def test_mail_link_addresses_are_addresses():
    to = unquote(urlsplit(mailto(["mayor@milan.example"], subject="x")).path)
    assert Address(addr_spec=to).domain == "milan.example"


@pytest.mark.parametrize(("way", "subject"), [("gmail", "su"), ("outlook", "subject")])
def test_web_mail_link_decodes_to_the_letter(way, subject):
    fields = query(getattr(LETTER, way))
    assert (fields["to"], fields["cc"]) == (["a@x.example,b@x.example"], ["c@x.example"])
    assert (fields[subject], fields["body"]) == (["Tøpic & more?"], ["Dear,\r\n\r\nline & ? = # + 100%\r\n글"])


@pytest.mark.parametrize("way", ["mail_app", "gmail", "outlook"])
def test_link_has_no_plus_for_a_space(way):
    assert "+" not in getattr(Message(["a@x.example"], subject="two words", body="more words"), way)


@pytest.mark.parametrize(
    ("way", "limit"), [("mail_app", MAIL_APP_LIMIT), ("gmail", GMAIL_LIMIT), ("outlook", OUTLOOK_LIMIT)]
)
def test_way_is_offered_up_to_its_limit_and_not_past_it(way, limit):
    room = limit - len(getattr(Message(["a@x.example"], body="x"), way)) + 1
    assert getattr(Message(["a@x.example"], body="x" * room), f"fits_{way}")
    assert not getattr(Message(["a@x.example"], body="x" * (room + 1)), f"fits_{way}")


def test_japanese_letter_of_normal_length_fits_no_link():
    letter = Message(["mayor@city.example"], subject="要望", body="市長様、" + "どうか声を上げてください。" * 30)
    assert len(letter.body) < 500
    assert [letter.fits_mail_app, letter.fits_gmail, letter.fits_outlook] == [False, False, False]


def test_addressed_mail_carries_no_letter():
    assert set(query(LETTER.addressed)) == {"cc", "subject"}


def parsed(message):
    return message_from_bytes(message.draft(), policy=default)


def test_draft_reads_back_as_the_letter():
    mail = parsed(LETTER)
    assert (mail["To"], mail["Cc"], mail["Subject"]) == ("a@x.example, b@x.example", "c@x.example", "Tøpic & more?")
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == LETTER.body
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8")


def test_draft_says_that_it_is_not_sent():
    mail = parsed(LETTER)
    assert mail["X-Unsent"] == "1"
    assert mail["From"] is None


def test_draft_without_copies_has_no_copy_line():
    assert parsed(Message(["a@x.example"], subject="s", body="b"))["Cc"] is None


def test_line_breaks_in_a_subject_make_no_header():
    mail = parsed(Message(["a@x.example"], subject="Hello\r\nBcc: evil@x.example", body="b"))
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hello Bcc: evil@x.example"


def test_draft_of_a_very_long_letter_is_whole():
    body = "편지 " * 25_000
    assert parsed(Message(["a@x.example"], subject="s", body=body)).get_content().strip() == body.strip()


def test_draft_has_mail_line_ends_only():
    raw = LETTER.draft()
    assert raw.count(b"\n") == raw.count(b"\r\n")


ENCODED = [
    "=?utf-8?q?a=0D=0ABcc=3Ax=40y=2Eexample?=",
    "=?utf-8?q?=0D=0A=0D=0Abody?=",
    "Ciao =?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=",
]
LONG_SUBJECTS = [
    "밀라노 시장님께: 대구광역시의 개식용 산업을 하루빨리 끝내 달라고 말씀해 주시기를 부탁드립니다",
    "Ä" * 250,
    "a b " * 60,
    "ж" * 74 + " x",
]


@pytest.mark.parametrize("words", ENCODED)
def test_encoded_words_in_a_subject_spell_no_header(words):
    mail = parsed(Message(["a@x.example"], subject=f"Letter of {words}", body="b"))
    assert set(mail.keys()) == {
        "To",
        "Subject",
        "X-Unsent",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
    }
    assert mail["Subject"] == f"Letter of {words}"
    assert mail.get_content().strip() == "b"


@pytest.mark.parametrize("subject", LONG_SUBJECTS)
def test_long_subject_reads_back_letter_for_letter(subject):
    assert parsed(Message(["a@x.example"], subject=subject, body="b"))["Subject"] == " ".join(subject.split())


def test_domain_in_another_script_is_written_as_dns_does():
    assert parsed(Message(["sindaco@münchen.example"], body="b"))["To"] == "sindaco@xn--mnchen-3ya.example"


def test_many_recipients_all_stand_in_the_draft():
    to = [f"member{number}@council.example" for number in range(60)]
    assert [each.addr_spec for each in parsed(Message(to, body="b"))["To"].addresses] == to


@pytest.mark.parametrize(
    "message",
    [Message(["a@x.example"], subject="글" * 225), Message([f"m{number}@x.example" for number in range(200)])],
)
def test_addressed_mail_fits_a_mail_link(message):
    assert len(message.addressed) <= MAIL_APP_LIMIT
