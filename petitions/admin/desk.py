"""The moderators' desk: one comment large, what comes next below it, what helps to decide beside it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from .. import moderation
from ..desk import claims
from ..desk.cards import cards_of, comments_in
from ..desk.claims import Scope
from ..desk.clusters import SHOWN_AT_MOST, alike, by_author
from ..keyset import parsed_key
from ..languages import is_known_tag
from ..loading import loaded
from ..models import Comment, DeskChoice, Reason
from ..models.decisions import NEED_A_REASON
from .desk_forms import ChoiceForm
from .desk_rails import Rails, rails_of
from .seen import SeenAdmin

FRAGMENT = "X-Desk"
AFTERWARDS, UNSURE = "afterwards", "unsure"
VERBS = ("approve", "reject", "spam", "hide", "hold")
UNDONE_AT_ONCE = SHOWN_AT_MOST + 1


@dataclass(frozen=True)
class Place:
    """Where in which queue a moderator is, as the address says it. Nonsense in it is left out."""

    language: str = ""
    is_afterwards: bool = False
    start: int = 0

    @classmethod
    def of(cls, query: QueryDict) -> "Place":
        language = query.get("language", "")[:35]
        return cls(
            language if language == UNSURE or is_known_tag(language) else "",
            query.get("queue") == AFTERWARDS,
            parsed_key(query.get("from")) or 0,
        )

    def url(self, start: int = 0) -> str:
        query = QueryDict(mutable=True)
        if self.language:
            query["language"] = self.language
        if self.is_afterwards:
            query["queue"] = AFTERWARDS
        if start:
            query["from"] = str(start)
        return reverse("admin:petitions_comment_desk") + (f"?{query.urlencode()}" if query else "")

    def scope(self, choice: DeskChoice | None) -> Scope:
        if self.language:
            return Scope(["" if self.language == UNSURE else self.language], self.is_afterwards)
        # What nobody is sure of is for everybody.
        tags = choice.tags if choice else []
        return Scope([*tags, ""] if tags else [], self.is_afterwards)


class Desk:
    """The pages, with the admin of comments that they belong to."""

    def __init__(self, admin: SeenAdmin) -> None:
        self.admin = admin

    def urls(self) -> list[URLPattern]:
        guarded = self.admin.admin_site.admin_view
        return [
            path("desk/", guarded(self.page), name="petitions_comment_desk"),
            path("desk/leave/", guarded(require_POST(self.leave)), name="petitions_comment_desk_leave"),
            path("desk/alike/", guarded(self.cluster), name="petitions_comment_desk_alike"),
        ]

    def _moderator(self, request: HttpRequest) -> AbstractBaseUser:
        if not request.user.has_perm("petitions.moderate_comment"):
            raise PermissionDenied
        assert request.user.is_authenticated
        return request.user

    def page(self, request: HttpRequest) -> HttpResponse:
        moderator = self._moderator(request)
        place = Place.of(request.GET)
        if request.method == "POST":
            start = self._act(request, moderator, place)
            if FRAGMENT not in request.headers:
                return redirect(place.url(start))
            place = Place(place.language, place.is_afterwards, start)
        rails = rails_of(moderator)
        context = self._shown(request, moderator, place, rails)
        if FRAGMENT in request.headers:
            response = render(request, "admin/petitions/desk/_desk.html", context)
        else:
            heading = {"title": gettext("Comments to decide"), "opts": self.admin.opts}
            whole = self.admin.admin_site.each_context(request) | heading | context
            response = render(request, "admin/petitions/desk/desk.html", whole)
        return _never_kept(response)

    def _shown(self, request: HttpRequest, moderator: AbstractBaseUser, place: Place, rails: Rails) -> dict[str, Any]:
        scope = place.scope(rails.choice)
        held = claims.take(moderator, scope, start=place.start)
        undone = [rails.undo.first.comment_number] if rails.undo else []
        cards, rows = cards_of(held.keys, moderator, undone)
        if rails.undo:
            rails.undo.comment = rows.get(undone[0])
        for card in cards:
            card.url, card.next_url = place.url(card.pk), place.url(card.pk + 1)
        current = cards[0] if cards else None
        before = claims.one_before(moderator, scope, current.pk if current else place.start or claims.LAST)
        return {
            "place": place,
            "here": place.url(place.start),
            "rails": rails,
            "held_until": held.until.isoformat() if held.until else "",
            "card": current,
            "next_cards": cards[1:],
            "back_url": place.url(before) if before else "",
            "next_url": current.next_url if current else "",
            "again_url": place.url(),
            "reasons": rails.reasons,
        }

    def _act(self, request: HttpRequest, moderator: AbstractBaseUser, place: Place) -> int:
        """What a form asked for, and where the desk goes on."""
        if "undo" in request.POST:
            return self._undo(request, moderator) or place.start
        if "choices" in request.POST:
            self._choose(request, moderator)
            return place.start
        comment = parsed_key(request.POST.get("comment")) or 0
        if "correct" in request.POST:
            self._correct_language(request, moderator, comment)
            return comment
        self._decide(request, moderator)
        return comment if place.start else 0

    def _decide(self, request: HttpRequest, moderator: AbstractBaseUser) -> None:
        verb = request.POST.get("decide", "")
        asked = [request.POST.get("comment", "")]
        if "alike" in request.POST:
            asked += request.POST.getlist("member")[:SHOWN_AT_MOST]
        seen = {key: as_seen for key, as_seen in self.admin.seen(request, *asked).items() if as_seen}
        if verb not in VERBS or not seen:
            messages.warning(request, gettext("Nothing was decided: choose a comment and a button."))
            return
        for claim in claims.held_by_others(seen, moderator):
            seen.pop(claim.comment_id)
            words = gettext("#%(number)s is before %(who)s now. It was left as it is.")
            messages.warning(request, words % {"number": claim.comment_id, "who": claim.moderator.get_username()})
        if verb == "hold":
            done = moderation.hold(seen, moderator)
        else:
            # One is always chosen in the form; it counts where it was asked for.
            reasons = Reason.objects.offered().filter(key=request.POST.get("reason", "")[:40])
            try:
                reason = reasons.first() if verb in NEED_A_REASON else None
                done = moderation.decide(verb, seen, moderator, reason=reason)
            except moderation.ReasonMissingError:
                messages.error(request, gettext("Choose a reason: its words go to the author."))
                return
        if len(done) < len(seen):
            self.admin.answer(request, "", {key: seen[key] for key in seen if key not in set(done)}, [])

    def _undo(self, request: HttpRequest, moderator: AbstractBaseUser) -> int:
        """Of one press of a button, which may have decided on many; the first of them."""
        keys = [parsed_key(key) for key in request.POST.get("undo", "")[:4000].split(",")[:UNDONE_AT_ONCE]]
        undone, refused = [], 0
        for key in filter(None, keys):
            try:
                undone.append(moderation.undo(key, moderator).comment_number)
            except moderation.UndoRefusedError as error:
                refused += 1
                last = error.last
        if refused:
            words = ngettext("%(count)s could not be undone.", "%(count)s could not be undone.", refused)
            words %= {"count": refused}
            if last:
                by = gettext("Last decision: %(verb)s, by %(who)s.")
                words += " " + by % {"verb": last.get_verb_display(), "who": last.actor_name}
            messages.warning(request, words)
        return min(undone, default=0)

    def _choose(self, request: HttpRequest, moderator: AbstractBaseUser) -> None:
        form = ChoiceForm(request.POST)
        if form.is_valid():
            DeskChoice.objects.update_or_create(moderator_id=moderator.pk, defaults=form.cleaned_data)
        else:
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))

    def _correct_language(self, request: HttpRequest, moderator: AbstractBaseUser, number: int) -> None:
        comment = Comment.objects.confirmed().filter(pk=number).only("pk").first()
        if comment is None:
            messages.warning(request, gettext("#%(number)s is gone: its author took it back.") % {"number": number})
            return
        try:
            moderation.correct_language(comment, request.POST.get("correct", "")[:70], moderator)
        except (ValidationError, Comment.DoesNotExist) as error:
            messages.error(request, " ".join(str(words) for words in getattr(error, "messages", [])))

    def leave(self, request: HttpRequest) -> HttpResponse:
        """Sent when the page is left: others need not wait for the lease to end."""
        moderator = self._moderator(request)
        if until := parse_datetime(request.POST.get("until", "")[:40]):
            claims.give_back(moderator, until)
        return HttpResponse(status=204)

    def cluster(self, request: HttpRequest) -> HttpResponse:
        """All that is like one comment, or by its author, to be read and decided on together."""
        moderator = self._moderator(request)
        if request.method == "POST":
            self._decide(request, moderator)
            return redirect(Place.of(request.GET).url())
        number = parsed_key(request.GET.get("of")) or 0
        is_author = "author" in request.GET
        if is_author:
            keys = by_author([number]).get(number, [])
        else:
            found = alike([number], moderator.pk).get(number)
            keys = found.all if found else []
        taken = {claim.comment_id for claim in claims.held_by_others(keys, moderator)}
        rows = comments_in([number, *keys])
        others = [rows[key] for key in keys if key in rows and key not in taken]
        context = {
            "title": gettext("All by this author") if is_author else gettext("Comments alike"),
            "opts": self.admin.opts,
            "comment": rows.get(number),
            "others": [row for row in others if row.waits_since and row.left_by != moderator.pk],
            "more": len(keys) >= SHOWN_AT_MOST,
            "reasons": list(Reason.objects.offered().prefetch_related(loaded("texts"))),
            "here": request.get_full_path(),
            "desk_url": Place.of(request.GET).url(number),
        }
        whole = self.admin.admin_site.each_context(request) | context
        return _never_kept(render(request, "admin/petitions/desk/alike.html", whole))


def _never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
