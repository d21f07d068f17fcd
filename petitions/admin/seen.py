"""Lists whose rows are decided as they were seen, and what is said where a row is not that any more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from ..keyset import parsed_key
from ..models import StaffAct
from ..seen import state_in
from .address_reads import READ
from .keyset import KeyPagedAdmin

EXPLAINED = 5


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

    def explain(self, request: HttpRequest, seen: dict[int, str], done: list[int]) -> None:
        """Say of each row that was left alone what it is by now, and who decided so."""
        refused = [key for key in seen if key not in done]
        for message in self._refusals({key: seen[key] for key in refused[:EXPLAINED]}):
            messages.warning(request, message)
        if (more := len(refused) - EXPLAINED) > 0:
            message = ngettext("%(count)s more was left as it is.", "%(count)s more were left as they are.", more)
            messages.warning(request, message % {"count": more})

    def _refusals(self, seen: dict[int, str]) -> Iterator[str]:
        rows = self.model._default_manager.in_bulk(list(seen))
        last = self.last_acts(list(seen))
        for key, as_seen in seen.items():
            row, act = cast(Any, rows.get(key)), last.get(key)
            if row is None:
                yield gettext("#%(number)s is gone: its author took it back.") % {"number": key}
            elif row.state == state_in(as_seen) and row.as_seen != as_seen:
                message = gettext("#%(number)s reads otherwise since you opened this page. Please look again.")
                yield message % {"number": key}
            else:
                yield self._state_now(row, act)

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
            details |= {"verb": act.did, "who": act.who, "when": date_format(act.at, "DATETIME_FORMAT")}
        return message % details
