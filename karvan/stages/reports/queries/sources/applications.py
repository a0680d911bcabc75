"""Who applied, and whether each group was chosen as often as the others."""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from karvan.stages.calls.models import Application, Call
from karvan.stages.selection.models import Decision

from .counting import UNKNOWN, Counted, Part, Slice, Span, counts, group_of, ordered, share


def eligible_applications(span: Span) -> tuple[Counted, ...]:
    """REACH: applications that met every condition. One query; 0 once a call has opened, else unknown."""
    rows = _eligible(span)
    attributes = list(rows.values_list("attributes", flat=True))
    if not attributes and not _was_called(span):
        return (Counted(None, note=_("No call has opened yet.")),)
    by = {key: counts(group_of(one, key) for one in attributes) for key in span.groups}
    total = len(attributes)
    return (
        Counted(total, total, by=by, rows=rows, slices=(Slice("all", _("Eligible"), Q(), total),)),
    )


def parity_index(span: Span) -> tuple[Counted, ...]:
    """SEL: a group's share selected divided by that of the others, for women at the head.

    Only calls with a signed selection count. Unknown where a group or its others have
    nobody, or where nobody of the others was selected. Two queries.
    """
    rows = _eligible(span).filter(
        call__selection_runs__state="signed", call__selection_runs__signed_at__lte=span.as_of
    )
    chosen = Q(
        decisions__outcome=Decision.Outcome.SELECTED,
        decisions__run__state="signed",
        decisions__run__signed_at__lte=span.as_of,
    )
    everybody = dict(rows.values_list("pk", "attributes"))
    selected = set(rows.filter(chosen).values_list("pk", flat=True))
    if not everybody:
        return (Counted(None, note=_("No selection has been signed yet.")),)
    by = {
        key: _parities({pk: group_of(one, key) for pk, one in everybody.items()}, selected)
        for key in dict.fromkeys(("sex", *span.groups))
    }
    women = by["sex"].get("F", Part(None))
    note = _("Women against the others; 1 means that both were chosen as often.")
    slices = (
        Slice("selected", _("Selected"), chosen, len(selected)),
        Slice("all", _("Eligible"), Q(), len(everybody)),
    )
    return (Counted(women.value, len(selected), len(everybody), by, note, rows.distinct(), slices),)


def _eligible(span: Span) -> QuerySet[Application]:
    return Application.objects.filter(
        span.inside("call__activity__scope"),
        state=Application.State.SUBMITTED,
        submitted_at__lte=span.as_of,
    )


def _was_called(span: Span) -> bool:
    opened = Call.objects.filter(
        span.inside("activity__scope"), state=Call.State.PUBLISHED, opens_at__lte=span.as_of
    )
    return opened.exists()


def _parities(groups: dict[int, str], selected: set[int]) -> dict[str, Part]:
    """Each group's index against all of whom the group is known and is another one."""
    every, inside = Counter(groups.values()), Counter(groups[pk] for pk in selected)
    known = sum(count for group, count in every.items() if group != UNKNOWN)
    chosen = sum(count for group, count in inside.items() if group != UNKNOWN)
    found: dict[str, Part] = {}
    for group in ordered(every):
        own = share(inside[group], every[group])
        others = share(chosen - inside[group], known - every[group])
        index = own / others if own is not None and others else None
        found[group] = Part(None if group == UNKNOWN else index, inside[group], every[group])
    return found
