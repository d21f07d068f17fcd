"""How each network counts a post, and the closed list of addresses at which posts are written."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import regex

from petitions.normal_forms import normalize

ADDRESS_WEIGHT = 23
# Letters that X takes into an address; whatever else follows one, such as a Korean particle, is text again.
PATH = r"(?:[/?#][A-Za-z0-9!*';:=+,.$/%#\[\]_~@&|()?-]*[A-Za-z0-9=_#/+&-]|[/?#])?"
WEB_ADDRESS = rf"https?://[\p{{L}}\p{{N}}.:-]*[\p{{L}}\p{{N}}]{PATH}"
# X links names without https:// too. It knows every ending; here are the countries' and those seen most.
BARE_NAME = (
    r"(?<![A-Za-z0-9@＠$#＃_./-])(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,40}"
    rf"(?:[A-Za-z]{{2}}|com|org|net|info|edu|gov|int|news|city|app|example)(?![A-Za-z0-9@-]){PATH}"
)
ADDRESSES_ON_X = regex.compile(f"{WEB_ADDRESS}|{BARE_NAME}", regex.IGNORECASE)
ADDRESSES = regex.compile(WEB_ADDRESS, regex.IGNORECASE)
MENTION_WITH_HOST = regex.compile(r"(?<![/\w])@([a-z0-9_]+)@[a-z0-9.-]*[a-z0-9]", regex.IGNORECASE)
# Whole sequences: flags, keys, families, professions, tones of skin. ©, ®, ™ and ♟ are emoji only when marked so.
EMOJI = regex.compile(
    r"\p{RI}{2}|[0-9#*]\uFE0F?\u20E3|[©®™♟]\uFE0F|"
    r"(?![©®™♟])\p{ExtPict}(?:\uFE0F|\p{EMod})?[\U000E0020-\U000E007F]*"
    r"(?:\u200D\p{ExtPict}(?:\uFE0F|\p{EMod})?)*"
)
FLAG = regex.compile(r"\p{RI}{2}")
LIGHT = ((0, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))


def graphemes(text: str) -> int:
    """What a reader sees as one character is one."""
    # Two letters of flags are one. Done first: the engine counts back to the beginning of their row at each of them.
    return len(regex.findall(r"\X", FLAG.sub("x", text)))


def utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def x_weight(text: str) -> int:
    """As twitter-text counts with its configuration v3, on which X's own form relies."""
    text, addresses = ADDRESSES_ON_X.subn("", normalize("NFC", text))
    text, emoji = EMOJI.subn("", text)
    light = sum(any(first <= ord(letter) <= last for first, last in LIGHT) for letter in text)
    return ADDRESS_WEIGHT * addresses + 2 * emoji + 2 * len(text) - light


def bluesky_length(text: str) -> int:
    """Graphemes; past 3,000 bytes, where 300 of them no longer fit (lexicon app.bsky.feed.post), ten bytes are one."""
    size = len(text.encode("utf-8", "replace"))
    return graphemes(text) if size <= 3000 else max(graphemes(text), math.ceil(size / 10))


def mastodon_length(text: str) -> int:
    """As Mastodon's StatusLengthValidator: an address is 23 characters, of a mention only @name counts."""
    return graphemes(MENTION_WITH_HOST.sub(r"@\1", ADDRESSES.sub("x" * ADDRESS_WEIGHT, text)))


@dataclass(frozen=True)
class Network:
    """How one network counts, and the address that opens its form with the text in it."""

    key: str
    name: str
    limit: int | None
    length: Callable[[str], int]
    address: str

    @property
    def is_tight(self) -> bool:
        """Whether a post as it is stored, of 1,000 characters at most, can be too long here."""
        return self.limit is not None and self.limit < 1000

    @property
    def takes_text(self) -> bool:
        """Whether its form can be opened with the words in it."""
        return "{text}" in self.address or "{around}" in self.address

    @property
    def is_one_of_many(self) -> bool:
        """Whether the reader has to say first on whose site the form is."""
        return "{host}" in self.address

    def length_of(self, text: str) -> int:
        return self.length(_plain(text))

    def excess(self, text: str) -> int:
        return max(0, self.length_of(text) - self.limit) if self.limit else 0

    def fits(self, text: str) -> bool:
        return self.excess(text) == 0

    def compose(self, text: str, url: str, host: str = "") -> str:
        """The address of the form. `url` is the campaign's page: some networks take it apart from the text."""
        text = _plain(text)
        parts = {"text": text, "url": url, "around": text.replace(url, "").strip()}
        return self.address.format(host=host, **{name: quote(value, safe="") for name, value in parts.items()})


# The closed list of addresses that this site sends anybody to; each shape is the network's own documentation's.
NETWORKS = {
    network.key: network
    for network in (
        # docs.x.com, "Counting characters" and "Post intent"; 280 is what every account may write.
        Network("x", "X", 280, x_weight, "https://x.com/intent/post?text={text}"),
        # docs.bsky.app, "Action Intent Links".
        Network("bluesky", "Bluesky", 300, bluesky_length, "https://bsky.app/intent/compose?text={text}"),
        # docs.joinmastodon.org, "Posting": 500 as delivered; an instance may allow more. Each is a site of its own.
        Network("mastodon", "Mastodon", 500, mastodon_length, "https://{host}/share?text={text}"),
        # developers.facebook.com, "Share Dialog": takes a link and no words.
        Network("facebook", "Facebook", 63_206, utf16_units, "https://www.facebook.com/sharer/sharer.php?u={url}"),
        # faq.whatsapp.com, "How to use click to chat". No limit is published.
        Network("whatsapp", "WhatsApp", None, utf16_units, "https://wa.me/?text={text}"),
        # core.telegram.org/widgets/share; 4,096 after core.telegram.org/bots/api. The link goes before the text.
        Network("telegram", "Telegram", 4096, utf16_units, "https://t.me/share/url?url={url}&text={around}"),
        # developers.line.biz, "Using LINE features with the LINE URL scheme"; 5,000 after "Text message".
        Network("line", "LINE", 5000, utf16_units, "https://line.me/R/share?text={text}"),
        # developers.kakao.com, "Kakao Talk Share": only by its script and with a registered app's key. So: copy.
        Network("kakaotalk", "KakaoTalk", None, utf16_units, ""),
    )
}
ANY = "any"


def _plain(text: str) -> str:
    """Forms send line ends as two characters; networks count and take one."""
    return text.replace("\r\n", "\n").strip()


def meant_for(network: str) -> list[Network]:
    """The networks that a post is offered for: the one it names, or all."""
    return list(NETWORKS.values()) if network == ANY else [NETWORKS[network]]
