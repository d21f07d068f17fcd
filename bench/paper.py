"""How long letters take to set as PDF: `python -m bench.paper`. Figures are of one run, side by side."""

import os
import statistics
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign_site.settings")
django.setup()

from campaigns.letters.paper.letters import PaperLetter  # noqa: E402
from campaigns.letters.paper.typesetting import letter_pdf  # noqa: E402
from campaigns.letters.postal import PostalAddress  # noqa: E402

WORDS = {
    "it": "Le chiedo di esortare il Sindaco di Daegu a chiudere il mercato. ",
    "ko": "대구시장에게 이 시장의 문을 닫도록 촉구해 주시기를 부탁드립니다. ",
    "ar": "أرجو منكم أن تتحدثوا بصراحة مع المدينة الشقيقة. ",
}
ROUNDS = 20


def letter(language: str, characters: int) -> PaperLetter:
    body = (WORDS[language] * (characters // len(WORDS[language]) + 1))[:characters]
    paragraphs = tuple(body[start : start + 600] for start in range(0, characters, 600))
    address = PostalAddress(("Comune di Milano", "Piazza della Scala, 2", "20121 Milano"), "it", ("ITALY",))
    return PaperLetter(
        language=language,
        paper="a4",
        sender=("김하늘", "대구"),
        date="22 novembre 2026",
        recipient=address,
        note="",
        subject="Milano – Daegu",
        paragraphs=paragraphs,
        copies="",
        link="https://campaigns.example/",
    )


def milliseconds(written: PaperLetter) -> float:
    started = time.perf_counter()
    letter_pdf([written])
    return (time.perf_counter() - started) * 1000


def main() -> None:
    print(f"first letter             {milliseconds(letter('it', 900)):8.0f} ms")
    for language in WORDS:
        # Typst remembers what it set: each letter differs from the last.
        each = statistics.median(milliseconds(letter(language, 900 + number)) for number in range(ROUNDS))
        print(f"letter in {language}, median     {each:8.0f} ms")
        print(f"50,000 characters in {language}  {milliseconds(letter(language, 50_000)):8.0f} ms")


if __name__ == "__main__":
    main()
