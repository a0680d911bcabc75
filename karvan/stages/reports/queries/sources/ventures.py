"""What teams started, what they proved, and what became of it. Silence is unknown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.ui import formats
from karvan.stages.ventures.models import FollowUp, Membership, Milestone, Venture

from .counting import UNKNOWN, Counted, Part, Slice, Span, counts, share, shares, together

PROVING = ("M1", "M2", "M3", "M4", "M5", "M6")
ASKED_AFTER = (6, 12)
ALIVE = Q(had_revenue=True) | Q(pays_staff=True) | Q(served_users=True) | Q(is_registered=True)
EDITION = "venture__team__edition"


def milestones_verified(span: Span) -> tuple[Counted, ...]:
    """VENT: ventures with at least one of M1 to M6 verified, and how many at each. Four queries."""
    ventures = Venture.objects.filter(span.editions("team__edition"))
    sectors = dict(ventures.values_list("pk", "sector"))
    if not sectors:
        return (Counted(None, note=_("No venture is registered yet.")),)
    accepted = Milestone.objects.filter(
        state=Milestone.State.VERIFIED, code__in=PROVING, verified_at__lte=span.as_of
    )
    reached: dict[str, set[int]] = {code: set() for code in PROVING}
    for venture, code in accepted.filter(venture__in=list(sectors)).values_list(
        "venture_id", "code"
    ):
        reached[code].add(venture)
    proved = set().union(*reached.values())
    by: dict[str, dict[str, Part]] = {
        "milestone": {code: Part(len(found), len(found)) for code, found in reached.items()}
    }
    by |= _by_founders(span, proved, sectors)
    at_any = Q(Exists(accepted.filter(venture=OuterRef("pk"))))
    slices = (
        Slice("verified", _("Verified"), at_any, len(proved)),
        *(
            Slice(code, code, Q(Exists(accepted.filter(venture=OuterRef("pk"), code=code))), len(n))
            for code, n in reached.items()
        ),
        Slice("all", _("All ventures"), Q(), len(sectors)),
    )
    return (Counted(len(proved), len(proved), len(sectors), by, "", ventures, slices),)


def active_after(span: Span) -> tuple[Counted, ...]:
    """SURV: at 6 and at 12 months, active among those that answered. Two queries each.

    Every venture asked is active, not active, or unknown; the response rate stands in the note.
    """
    return tuple(_survival(span, months) for months in ASKED_AFTER)


def paid_jobs(span: Span) -> tuple[Counted, ...]:
    """JOBS: persons paid, by each venture's latest answer that says how many. One query.

    The full-time equivalent is not asked for. Unknown while no answer says anything.
    """
    telling = FollowUp.objects.filter(
        span.editions(EDITION), _answered(span), paid_jobs__isnull=False
    )
    newest = telling.filter(venture=OuterRef("venture")).order_by("-months", "-pk")
    rows = telling.filter(pk=Subquery(newest.values("pk")[:1]))
    figures = list(rows.values_list("paid_jobs", "paid_jobs_women"))
    if not figures:
        return (Counted(None, note=_("No venture has said how many it pays.")),)
    jobs = [jobs or 0 for jobs, _women in figures]
    told = [(jobs or 0, women) for jobs, women in figures if women is not None]
    women = sum(one for _jobs, one in told)
    known = sum(jobs for jobs, _women in told)
    parts: dict[str, Part] = {}
    if told:
        parts = {"F": Part(women, women), "M": Part(known - women, known - women)}
    if len(told) != len(figures):
        parts[UNKNOWN] = Part(sum(jobs) - known, sum(jobs) - known)
    note = ngettext(
        "By the latest answer of %(ventures)s venture; full-time equivalents are not asked for.",
        "By the latest answers of %(ventures)s ventures; full-time equivalents are not asked for.",
        len(figures),
    )
    return (
        Counted(
            sum(jobs),
            sum(jobs),
            by={"sex": parts},
            note=note % {"ventures": formats.number(len(figures))},
            rows=rows,
            slices=(Slice("all", _("Answers"), Q(), len(figures)),),
            sums="paid_jobs",
        ),
    )


def _survival(span: Span, months: int) -> Counted:
    rows = FollowUp.objects.filter(
        span.editions(EDITION), months=months, due_on__lte=span.day
    ).exclude(state=FollowUp.State.DUE)
    answered = _answered(span)
    answers = {row.venture_id: bool(row.is_active) for row in rows.filter(answered)}
    total = rows.count()
    suffix = str(months)
    if not total:
        note = _("No venture has been asked after %(months)s months yet.") % {"months": months}
        return Counted(None, note=note, suffix=suffix)
    active, unknown = sum(answers.values()), total - len(answers)
    note = _("%(answered)s of %(total)s answered (%(rate)s); of %(unknown)s it is not known.") % {
        "answered": formats.number(len(answers)),
        "total": formats.number(total),
        "rate": formats.percent(len(answers) / total),
        "unknown": formats.number(unknown),
    }
    slices = (
        Slice("active", _("Active"), answered & ALIVE, active),
        Slice("answered", _("Answered"), answered, len(answers)),
        Slice("silent", _("Not known"), ~answered, unknown),
        Slice("all", _("All asked"), Q(), total),
    )
    by = _shares_by_founders(span, answers)
    value = share(active, len(answers))
    return Counted(value, active, len(answers), by, note, rows, slices, suffix)


def _answered(span: Span) -> Q:
    return Q(state=FollowUp.State.ANSWERED, answered_at__lte=span.as_of)


def _founders(ventures: Iterable[int]) -> dict[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    rows = Membership.objects.filter(team__venture__in=list(ventures), left_on__isnull=True)
    for venture, attributes in rows.values_list("team__venture", "enrolment__attributes"):
        found[venture].append(attributes)
    return found


def _by_founders(
    span: Span, ventures: set[int], sectors: Mapping[int, str]
) -> dict[str, dict[str, Part]]:
    founders = _founders(ventures)
    found = {
        key: counts(together(founders[pk], key) for pk in ventures)
        for key in span.groups
        if key not in ("sector", "milestone")
    }
    if "sector" in span.groups:
        found["sector"] = counts(sectors[pk] or UNKNOWN for pk in ventures)
    return found


def _shares_by_founders(span: Span, answers: Mapping[int, bool]) -> dict[str, dict[str, Part]]:
    founders = _founders(answers)
    sectors: dict[int, str] = {}
    if "sector" in span.groups:
        sectors = dict(_named(answers).values_list("pk", "sector"))
    return {
        key: shares(
            (
                (sectors[pk] or UNKNOWN) if key == "sector" else together(founders[pk], key),
                is_active,
            )
            for pk, is_active in answers.items()
        )
        for key in span.groups
    }


def _named(ventures: Iterable[int]) -> QuerySet[Venture]:
    return Venture.objects.filter(pk__in=list(ventures))
