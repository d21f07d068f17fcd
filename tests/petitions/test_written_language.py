"""What people's words are written in: by script, by their words, or by nobody."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections, transaction
from django.urls import reverse

from petitions import commenting, moderation, signing
from petitions.detecting import detect_languages
from petitions.links import token_for
from petitions.models import Comment, StaffAct
from petitions.written_language import detector
from petitions.written_language.detector import guess

from ..factories import make_comment, make_petition, make_signature, make_staff, written_in
from .test_signing import details

BY_SCRIPT = [
    ("감사합니다", "ko"),
    ("Milano와 대구의 개들을 위해 서명합니다", "ko"),
    ("ありがとう", "ja"),
    ("犬のために署名します", "ja"),
    ("די להתעללות", "he"),
    ("Ντροπή", "el"),
    ("หยุดเถอะ", "th"),
    ("Բավական է", "hy"),
    ("შეჩერდით", "ka"),
    ("வேண்டாம்", "ta"),
    ("ຢຸດ", "lo"),
]
BY_WORDS = [
    ("Fermate tutto questo, per favore", "it"),
    ("FERMATE TUTTO QUESTO, PER FAVORE", "it"),
    ("Assino porque os cães não são comida", "pt"),
    ("Ich unterschreibe für die Hunde", "de"),
    ("Je signe pour les chiens", "fr"),
    ("Jag skriver under för hundarna", "sv"),
    ("Allekirjoitan koirien puolesta", "fi"),
    ("Потписујем због паса", "sr"),
    ("Подписываю ради собак", "ru"),
    ("Підписую заради собак", "uk"),
    ("Köpekler için imzalıyorum", "tr"),
    ("أوقع من أجل الكلاب", "ar"),
    ("من برای سگ‌ها امضا می‌کنم", "fa"),
    ("میں کتوں کے لیے دستخط کرتا ہوں", "ur"),
    ("मैं कुत्तों के लिए हस्ताक्षर कर रहा हूँ", "hi"),
    ("मी कुत्र्यांसाठी सही करत आहे", "mr"),
    ("我为狗狗签名", "zh"),
    ("反对吃狗肉", "zh"),
    ("日本の猫 日本人應該反對這種殘忍的行為並且支持我們", "zh"),
    ("איך שרײַב אונטער פֿאַר די הינט", "yi"),
    ("I sign for the dogs: https://www.esempio.example/perche-no", "en"),
]
UNSURE = [
    "",
    "❤❤❤ 1986",
    "Basta!",
    "Basta ya",
    "ok",
    "反対",
    "Daegu Milano Suwon",
    "Elena Marchi Milano",
    "xoxo xoxo xoxo",
    "asdf qwer zxcv",
    "Grazie 감사",
    "Potpisujem zbog pasa",
    "https://example.com/una-pagina-in-italiano",
]


class TestGuess:
    @pytest.mark.parametrize(("text", "language"), BY_SCRIPT)
    def test_script_of_one_language_tells_it_even_in_a_word(self, text, language):
        found = guess(text)
        assert (found.language, found.source) == (language, "script")
        assert found.confidence >= detector.MOSTLY

    @pytest.mark.parametrize(("text", "language"), BY_WORDS)
    def test_words_tell_the_language_of_a_shared_script(self, text, language):
        found = guess(text)
        assert (found.language, found.source) == (language, "detector")
        assert found.confidence >= detector.SURE

    @pytest.mark.parametrize("text", UNSURE)
    def test_nothing_is_said_where_nobody_can_be_sure(self, text):
        assert guess(text).language == ""

    def test_site_without_the_package_still_knows_scripts(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "fasttext", None)
        detector._model.cache_clear()
        try:
            assert guess("감사합니다").language == "ko"
            assert guess("Ich unterschreibe für die Hunde").language == ""
        finally:
            detector._model.cache_clear()


def test_web_does_not_load_the_detector():
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'campaign_site.settings';"
        "import campaign_site.wsgi, campaign_site.urls; assert 'fasttext' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.django_db
class TestDetecting:
    def test_comment_gets_its_language_once_confirmed(self):
        comment = make_comment(text="Je signe pour les chiens", language="it", confirmed_at=None, state="pending")
        assert detect_languages() == 0
        commenting.confirm_comment(comment)
        assert detect_languages() == 1
        comment.refresh_from_db()
        assert (comment.written_in, comment.written_in_source, comment.language) == ("fr", "detector", "it")

    def test_comment_of_no_sure_language_is_looked_at_once(self):
        make_comment(text="Basta!")
        assert detect_languages() == 1
        assert detect_languages() == 0

    def test_two_statements_and_a_savepoint_serve_a_whole_round(self, django_assert_num_queries):
        petition = make_petition()
        for _number in range(3):
            make_comment(petition, text="Je signe pour les chiens")
        with django_assert_num_queries(4):
            detect_languages()

    def test_text_that_another_signing_replaced_is_looked_at_again(self):
        petition = make_petition()
        signature = signing.sign(petition, petition.text(), details(comment="감사합니다"))
        Comment.objects.update(**written_in("ko"))
        signing.sign(petition, petition.text(), details(comment="Je signe pour les chiens"))
        comment = Comment.objects.get(signature=signature)
        assert (comment.written_in, comment.written_in_confidence) == ("", None)

    def test_how_sure_and_who_says_so_come_together(self):
        comment = make_comment()
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(written_in="fr")


@pytest.mark.django_db(transaction=True)
def test_comment_that_somebody_decides_just_now_is_left_to_the_next_round():
    comment = make_comment(text="감사합니다")
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SELECT FROM petitions_comment WHERE id = %s FOR UPDATE", [comment.pk])
            assert detect_languages() == 0
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert detect_languages() == 1


@pytest.mark.django_db
class TestCorrecting:
    @pytest.fixture
    def moderator(self):
        return make_staff("Moderators")

    @pytest.mark.parametrize(("said", "stored"), [("es", "es"), ("Spanish", "es"), ("", "")])
    def test_worker_leaves_alone_what_a_person_says(self, moderator, said, stored):
        comment = make_comment(text="Je signe pour les chiens", **written_in("fr"))
        moderation.correct_language(comment, said, moderator)
        detect_languages()
        comment.refresh_from_db()
        assert (comment.written_in, comment.written_in_confidence, comment.written_in_source) == (stored, 100, "person")

    def test_correction_leaves_a_line_in_the_log(self, moderator):
        moderation.correct_language(make_comment(**written_in("fr")), "es", moderator)
        assert StaffAct.objects.get().note == "fr → es"

    def test_what_is_no_language_is_refused(self, moderator):
        with pytest.raises(ValidationError):
            moderation.correct_language(make_comment(), "no language", moderator)


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def petition(self):
        return make_petition()

    def test_comment_says_its_own_language(self, client, petition):
        make_comment(petition, text="Je signe", language="it", **written_in("fr"))
        page = client.get(reverse("petitions:comments", args=[petition.slug])).content.decode()
        assert '<div lang="fr" dir="auto"><p>Je signe</p></div>' in page
        assert '<span class="lang-tag" lang="fr">Français</span>' in page

    def test_language_of_unsure_words_is_neither_the_pages_nor_the_authors(self, client, petition):
        make_comment(petition, text="Basta!", language="it", **written_in(""))
        page = client.get(reverse("petitions:comments", args=[petition.slug])).content.decode()
        assert '<div lang="" dir="auto"><p>Basta!</p></div>' in page
        assert "lang-tag" not in page

    def test_own_page_says_the_comments_language(self, client, petition):
        signature = make_signature(petition)
        make_comment(petition, text="Je signe", signature=signature, **written_in("fr"))
        page = client.get(reverse("petitions:signature", args=[token_for(signature)])).content.decode()
        assert '<div lang="fr" dir="auto"><p>Je signe</p></div>' in page
