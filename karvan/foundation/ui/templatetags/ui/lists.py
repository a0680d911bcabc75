"""Lists: the register, the history of a record, the steps of a long form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.db.models import QuerySet
from django.template import Context
from django.utils.functional import Promise
from django.utils.translation import gettext

from karvan.foundation.people.queries import names_of_parties
from karvan.foundation.records.models import Record
from karvan.foundation.ui.recorded import is_said, party_codes, said
from karvan.foundation.ui.registers import Register

register = template.Library()

HISTORY_SHOWN = 50


@register.inclusion_tag("ui/register.html", name="register", takes_context=True)
def register_table(context: Context, shown: Register) -> dict[str, Any]:
    """A table with its filters, search, pages and export: ``{% register register %}``."""
    return {
        "register": shown,
        "csrf_token": context.get("csrf_token"),
        "direction": context.get("direction"),
    }


@register.inclusion_tag("ui/parts/history.html")
def history(records: QuerySet[Record], limit: int = HISTORY_SHOWN) -> dict[str, Any]:
    """Who did what when, newest first: ``{% history records %}``. Costs two queries.

    One more where parties are named. What a record is about is named only where the history is of more than one thing.
    """
    newest = list(records.select_related("by").order_by("-number")[: limit + 1])
    earlier = records.count() - limit if len(newest) > limit else 0
    parties = names_of_parties(party_codes(side for one in newest for side in _both(one)))
    return {
        "lines": [
            {
                "record": one,
                "act": gettext(one.act.replace("_", " ")),
                "changes": _changes(one, parties),
            }
            for one in newest[:limit]
        ],
        "earlier": earlier,
        "names_subject": len({(one.subject_kind, one.subject_id) for one in newest}) > 1,
    }


@register.inclusion_tag("ui/parts/steps.html")
def steps(listed: Iterable[Any], label: str | Promise = "") -> dict[str, Any]:
    """The steps of something long: each has ``title``, ``url``, ``state`` and ``present``."""
    return {"steps": list(listed), "label": label}


@register.inclusion_tag("ui/parts/rail.html")
def rail(pipeline: Any) -> dict[str, Any]:
    """The pipeline of an edition as a line of stages; part of the desk's frame."""
    return {"pipeline": pipeline}


def _both(one: Record) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return one.before, one.after


def _changes(one: Record, parties: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """What changed, key by key, as far as it can be said in a line; what stayed empty is not."""
    return [
        {
            "key": gettext(key.replace("_", " ")),
            "before": said(key, before, parties) if is_said(key, before) else None,
            "after": said(key, after, parties) if is_said(key, after) else None,
        }
        for key, before, after in _sides(one)
        if is_said(key, before) or is_said(key, after)
    ]


def _sides(one: Record) -> list[tuple[str, Any, Any]]:
    keys = {**one.before, **one.after}
    return [(key, one.before.get(key), one.after.get(key)) for key in keys]
