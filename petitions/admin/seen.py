"""Lists whose rows are decided as they were seen, and what is said where a row is not that any more."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from ..keyset import parsed_key
from ..models import StaffAct
from ..seen import state_in
from .address_reads import READ
from .keyset import KeyPagedAdmin
from .outcomes import NAMED_AT_MOST, left_alone, tell

# What may have become of a row since its screen was opened.
GONE, OTHERWISE, DECIDED = "gone", "otherwise", "decided"


@dataclass(frozen=True)
class Act:
    did: str
    who: str
    at: datetime


class SeenAdmin(KeyPagedAdmin):
    """Each row carries its `as_seen` in the form of the list, for its own buttons and for the actions alike."""

    def action_checkbox(self, obj: Model) -> SafeString:
        checkbox = super().action_checkbox(obj)
        return format_html(
            '{}<input type="hidden" name="seen-{}" value="{}">', checkbox, obj.pk, cast(Any, obj).as_seen
        )

    def seen(self, request: HttpRequest, *numbers: str) -> dict[int, str]:
        """The chosen rows as the screen showed them."""
        chosen = numbers or request.POST.getlist(ACTION_CHECKBOX_NAME)
        keys = [key for number in chosen if (key := parsed_key(number))]
        return {key: request.POST.get(f"seen-{key}", "") for key in keys}

    def answer(self, request: HttpRequest, done_words: str, seen: dict[int, str], done: list[int]) -> None:
        """One message: what was done, and of what was left alone how much, why, and what the first ones are by now."""
        refused = {key: as_seen for key, as_seen in seen.items() if key not in set(done)}
        if not refused and not done:
            return
        rows = self.get_queryset(request).in_bulk(list(refused))
        states = {key: _what_happened(rows.get(key), as_seen) for key, as_seen in refused.items()}
        named = list(self._named(rows, {key: states[key] for key in list(refused)[:NAMED_AT_MOST]}))
        words = done_words if done else ""
        if len(refused) == 1:
            tell(request, words, named)
            return
        reasons = " ".join(_reason(what, number) for what, number in Counter(states.values()).items())
        tell(request, words, left_alone(len(refused), reasons), named)

    def _named(self, rows: dict[Any, Any], states: dict[int, str]) -> Iterator[str]:
        if not states:
            return
        last = self.last_acts(list(states))
        for key, what in states.items():
            if what == GONE:
                yield gettext("#%(number)s is gone: its author took it back.") % {"number": key}
                continue
            words = self._state_now(rows[key], last.get(key))
            if what == OTHERWISE:
                words = gettext("#%(number)s reads otherwise since you opened this page. Please look again.")
                words %= {"number": key}
            url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[key])
            yield format_html('<a href="{}">{}</a>', url, words)

    def last_acts(self, keys: list[int]) -> Mapping[int, Act]:
        """What was done last to each of these rows."""
        acts = StaffAct.objects.filter(object_kind=self.opts.model_name, object_id__in=keys).exclude(verb=READ)
        latest = acts.order_by("object_id", "-pk").distinct("object_id")
        return {act.object_id: Act(act.verb, act.actor_name, act.at) for act in latest}

    def _state_now(self, row: Any, act: Act | None) -> str:
        message = gettext("#%(number)s was left as it is: “%(state)s”.")
        details = {"number": row.pk, "state": row.get_state_display()}
        if act:
            message = gettext(
                "#%(number)s was left as it is: “%(state)s”. Last decision: %(verb)s, by %(who)s on %(when)s."
            )
            when = date_format(localtime(act.at), "DATETIME_FORMAT")
            details |= {"verb": act.did, "who": act.who, "when": when}
        return message % details


def _what_happened(row: Any, as_seen: str) -> str:
    if row is None:
        return GONE
    return OTHERWISE if row.state == state_in(as_seen) and row.as_seen != as_seen else DECIDED


def _reason(what: str, count: int) -> str:
    if what == GONE:
        message = ngettext("%(count)s is gone.", "%(count)s are gone.", count)
    elif what == OTHERWISE:
        message = ngettext("%(count)s reads otherwise by now.", "%(count)s read otherwise by now.", count)
    else:
        message = ngettext(
            "%(count)s is in a state that does not allow it.", "%(count)s are in a state that does not allow it.", count
        )
    return message % {"count": count}
