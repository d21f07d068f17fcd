"""Ways to send a letter from the sender's own mail: links that carry it, and a draft file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

import idna

from ..rules.contacts import mailto, with_crlf

# What a whole link may measure, percent-encoded, in characters. Past it the rest of the letter is cut off
# without a word, so the link is not offered.
# Mail apps: those on Windows take some 2,046 (measured 2013, superruub.wordpress.com; later reports agree).
MAIL_APP_LIMIT = 2000
# Gmail: 1,620 in the same measurement. Newer, larger figures are claimed but nowhere measured.
GMAIL_LIMIT = 1600
# Outlook on the web: some 2,048, as Microsoft's developers answer (itecnotes.com, Office 365 query strings).
OUTLOOK_LIMIT = 2000


@dataclass(frozen=True)
class Message:
    """A letter as mail: what every way of sending carries."""

    to: Sequence[str]
    cc: Sequence[str] = ()
    subject: str = ""
    body: str = ""

    @property
    def mail_app(self) -> str:
        return mailto(self.to, self.cc, self.subject, self.body)

    @property
    def addressed(self) -> str:
        """The mail link without the letter, whose body is pasted by hand: as much of its head as a link carries."""
        heads = [mailto(self.to, self.cc, self.subject), mailto(self.to, self.cc), mailto(self.to)]
        return next((link for link in heads if len(link) <= MAIL_APP_LIMIT), "mailto:")

    @property
    def gmail(self) -> str:
        fields = {"to": ",".join(self.to), "cc": ",".join(self.cc), "su": self.subject, "body": with_crlf(self.body)}
        return "https://mail.google.com/mail/?view=cm&fs=1&" + _query(fields)

    @property
    def outlook(self) -> str:
        fields = {
            "to": ",".join(self.to),
            "cc": ",".join(self.cc),
            "subject": self.subject,
            "body": with_crlf(self.body),
        }
        return "https://outlook.live.com/mail/0/deeplink/compose?" + _query(fields)

    @property
    def fits_mail_app(self) -> bool:
        return len(self.mail_app) <= MAIL_APP_LIMIT

    @property
    def fits_gmail(self) -> bool:
        return len(self.gmail) <= GMAIL_LIMIT

    @property
    def fits_outlook(self) -> bool:
        return len(self.outlook) <= OUTLOOK_LIMIT

    def draft(self) -> bytes:
        """An .eml file that mail programs open as a mail not sent yet (X-Unsent is Outlook's word for it).

        EmailMessage would read =?utf-8?q?…?= in a subject or an address, and write out the line breaks, and
        with them the headers, that it spells. So the headers are written here and it gets the body alone.
        """
        subject = Header(" ".join(self.subject.split()), "utf-8", header_name="Subject").encode(linesep="\r\n")
        headers = {"To": _listed(self.to), "Cc": _listed(self.cc), "Subject": subject, "X-Unsent": "1"}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items() if value)
        mail = EmailMessage(policy=SMTP)
        mail.set_content(self.body, cte="base64")
        return head.encode("ascii") + mail.as_bytes()


def _listed(addresses: Sequence[str]) -> str:
    """Addresses as a header takes them: one a line, domains as DNS writes them."""
    plain = []
    for address in addresses:
        local, _at, domain = address.rpartition("@")
        plain.append(f"{local}@{domain if domain.isascii() else idna.encode(domain, uts46=True).decode()}")
    return ",\r\n ".join(plain)


def _query(fields: Mapping[str, str]) -> str:
    """Spaces as %20: web mails show a + where a sign-in page comes between."""
    return "&".join(f"{name}={quote(value, safe='@,')}" for name, value in fields.items() if value)
