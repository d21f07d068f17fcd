"""Looking at people's words once their author has confirmed them: which language is it?"""

from django.db import transaction

from .models import Comment
from .written_language.detector import guess

AT_ONCE = 50


def detect_languages() -> int:
    """A few comments that nobody has looked at yet; how many. Several workers share them."""
    waiting = Comment.objects.filter(confirmed_at__isnull=False, written_in_confidence__isnull=True)
    with transaction.atomic():
        comments = list(waiting.only("pk", "text").order_by("pk").select_for_update(skip_locked=True)[:AT_ONCE])
        for comment in comments:
            found = guess(comment.text)
            comment.written_in = found.language
            comment.written_in_confidence = found.confidence
            comment.written_in_source = found.source
        Comment.objects.bulk_update(comments, ["written_in", "written_in_confidence", "written_in_source"])
    return len(comments)
