"""What the committee's pack holds, part by part, in the active language. No names while it is blind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.stages.calls.models import Call
from karvan.stages.reviews.blind import reading_code
from karvan.stages.reviews.models import ReviewRound
from karvan.stages.reviews.queries import reviewers_listed

from .appeals import appeals_listed
from .letters import anchor_of, rubric_of
from .models import Decision, SelectionRun
from .naming import is_blind, text_of
from .queries import decisions_listed, funnel_of
from .reasons import points, proof_in_words, quota_title, reason_of

Cell = str | int | float | None
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class PackTable:
    """Heads and rows; ``figures`` are the columns that hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the pack: a title, facts, notes, and a table if it has one."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    table: PackTable | None = None


def criteria_part(run: SelectionRun) -> Part:
    """The rubric: each criterion with its weight, and what each mark stands for."""
    rubric = rubric_of(run)
    low, high = rubric.get("scale") or (0, 5)
    rows: list[tuple[Cell, ...]] = []
    for one in rubric.get("criteria") or ():
        steps = [(mark, anchor_of(one, mark - low)) for mark in range(low, high + 1)]
        said = [(mark, words) for mark, words in steps if words]
        title = in_language(one["title"])
        rows += [(title, one["weight"], mark, words) for mark, words in said] or [
            (title, one["weight"], None, "")
        ]
    heads = (_("Criterion"), _("Weight"), _("Mark"), _("What it stands for"))
    note = _("Marks run from %(low)s to %(high)s; the total is weighted and counted to 100.")
    return Part(
        _("Criteria"),
        notes=(note % {"low": formats.number(low), "high": formats.number(high)},),
        table=PackTable(heads, tuple(rows), frozenset({1, 2})),
    )


def quotas_part(run: SelectionRun, facts: Any) -> Part:
    """Each quota with its limits, the pool's share, what the cohort has, and what it cost."""
    rows = tuple(
        (
            quota_title(run, one.key),
            one.floor,
            one.ceiling,
            one.pool,
            formats.percent(one.pool / facts.pool) if facts.pool else NOTHING,
            one.chosen,
            formats.percent(one.chosen / facts.chosen) if facts.chosen else NOTHING,
            None if one.lost is None else one.lost / 100,
            one.came_in,
            one.went_out,
        )
        for one in facts.quotas
    )
    heads = (
        _("Quota"), _("At least"), _("At most"), _("In the pool"), _("Share of the pool"),
        _("In the cohort"), _("Share of the cohort"), _("Points given up"), _("In for it"),
        _("Out for it"),
    )  # fmt: skip
    notes = (
        _("All in people, but “in for it” and “out for it” in applications."),
        _("What a quota costs is found by leaving it out alone and choosing again."),
    )
    if not rows:
        return Part(_("Quotas"), notes=(_("This run had no quota."),))
    return Part(_("Quotas"), notes=notes, table=PackTable(heads, rows, frozenset(range(1, 10))))


def swaps_part(facts: Any, codes: Mapping[str, str]) -> Part:
    """Who came in and who went out by all quotas together, against the best marks alone."""
    if not facts.came_in and not facts.went_out:
        note = _("Nothing: the best marks keep all quotas by themselves.")
        return Part(_("What the quotas changed"), notes=(note,))
    longest = max(len(facts.came_in), len(facts.went_out))
    rows = tuple(
        tuple(codes[side[at]] if at < len(side) else "" for side in (facts.came_in, facts.went_out))
        for at in range(longest)
    )
    note = _("Against marks alone, %(lost)s points in all were given up.")
    return Part(
        _("What the quotas changed"),
        notes=(note % {"lost": points(facts.lost)},),
        table=PackTable((_("Came in"), _("Went out")), rows),
    )


def draw_part(run: SelectionRun, facts: Any) -> Part:
    """How ties were settled, and what is proved of the answer."""
    notes = [proof_in_words(run)]
    if facts is not None and facts.drawn:
        notes.append(
            _("%(number)s applications stood equal at the cut; the draw with the seed decided.")
            % {"number": formats.number(facts.drawn)}
        )
    elif facts is not None and run.method == SelectionRun.Method.MERIT:
        notes.append(_("Nobody stood equal at the cut, so nothing was drawn."))
    return Part(
        _("Draw and proof"),
        facts=((_("Seed"), run.seed), (_("Method"), run.get_method_display())),
        notes=tuple(one for one in notes if one),
    )


def reviewers_part(run: SelectionRun, styles: Mapping[str, Any], why_not: str) -> Part:
    """How the readers marked, without their names and in an order that does not give them away."""
    round = ReviewRound.objects.filter(call=run.call).first()
    listed: list[Any] = list(reviewers_listed(round)) if round else []
    readers = [one for one in listed if one.done]
    readers.sort(key=lambda one: sha256(f"{run.seed}:{one.pk}".encode()).hexdigest())
    rows = tuple(
        (
            f"R{at}",
            one.done,
            None if one.mean is None else round_to(one.mean),
            None if one.spread is None or one.done < 2 else round_to(one.spread),
            _leniency(styles.get(str(one.pk))),
            ", ".join(
                flag_in_words(flag) for flag in getattr(styles.get(str(one.pk)), "flags", ())
            ),
        )
        for at, one in enumerate(readers, start=1)
    )
    heads = (_("Reader"), _("Reads"), _("Mean"), _("Spread"), _("Leniency"), _("Stands out"))
    note = _(
        "Leniency is in points above (+) or below (−) what the others give the same application."
    )
    notes = [note, correction_in_words(run, why_not)]
    return Part(
        _("Readers"), notes=tuple(notes), table=PackTable(heads, rows, frozenset({1, 2, 3, 4}))
    )


def funnel_part(run: SelectionRun) -> Part:
    """How many came, were eligible, were read, were chosen, have accepted."""
    found = funnel_of(run.call, read=run.decisions.count(), run=run)
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Received"), found.received),
        (_("Eligible"), found.eligible),
        (_("Read in full"), found.read),
        (_("Left out, lacking reads"), len(run.left_out)),
        (_("Selected"), found.selected),
        (_("Accepted"), found.accepted),
    )
    table = PackTable((_("Step"), _("Applications")), rows, frozenset({1}))
    return Part(_("From call to cohort"), table=table)


def list_part(run: SelectionRun) -> Part:
    """Every application of the run with its marks, its outcome and why."""
    names = not is_blind(run)
    heads = [_("Rank"), _("Application")]
    heads += [_("Number"), _("Name")] if names else []
    heads += [_("As given"), _("Mark"), _("Uncertainty"), _("Outcome"), _("Reason")]
    rows = tuple(
        (
            one.rank,
            reading_code(one.application),
            *((str(one.application.number), one.application.full_name) if names else ()),
            (one.merit if one.raw is None else one.raw) / 100,
            one.merit / 100,
            None if one.deviation is None else one.deviation / 100,
            _outcome(one),
            reason_of(one, run),
        )
        for one in decisions_listed(run).order_by("rank", "pk")
    )
    first = 4 if names else 2
    figures = frozenset({0, first, first + 1, first + 2})
    note = (
        _("The blind is lifted: names stand beside the decisions.")
        if names
        else _("Blind: applications stand under their reading codes, and no name is shown.")
    )
    return Part(_("The list"), notes=(note,), table=PackTable(tuple(heads), rows, figures))


def statements_part(title: str, none: str, rows: Sequence[Any]) -> Part:
    """Who signed or dissented, when, and what they stated."""
    if not rows:
        return Part(title, notes=(none,))
    said = tuple(
        (str(one.person), formats.datetime_in_words(one.at), one.statement or NOTHING)
        for one in rows
    )
    return Part(title, table=PackTable((_("Name"), _("When"), _("Statement")), said))


def appeals_part(run: SelectionRun) -> Part:
    """The appeals against the run as they stand when the pack is made."""
    rows = tuple(
        (
            reading_code(one.decision.application),
            formats.datetime_in_words(one.filed_at),
            one.get_state_display(),
            text_of(one.text, one.decision.application, run),
            one.answer or NOTHING,
        )
        for one in appeals_listed(run.call).filter(decision__run=run)
    )
    if not rows:
        return Part(_("Appeals"), notes=(_("No appeal has been filed."),))
    heads = (_("Application"), _("Filed"), _("State"), _("What the applicant writes"), _("Answer"))
    return Part(_("Appeals"), table=PackTable(heads, rows))


def replay_part(run: SelectionRun) -> Part:
    """How anybody finds the same answer again."""
    return Part(
        _("How to check it"),
        facts=((_("SHA-256 of the document"), run.sha256), (_("Seal"), run.seal or NOTHING)),
        notes=(
            _(
                "Once the blind is lifted, download the run's document and replay it on any"
                " machine. A changed byte is found, and the same answer must come out:"
            ),
            "karvan selection replay FILE",
            _(
                "The seal is the hash of the document's hash with all signatures and dissents;"
                " the run's page says whether it holds."
            ),
        ),
    )


def reading_codes(call: Call) -> dict[str, str]:
    """By the receipt's number: the reading code, which stands in the pack with or without names."""
    sent = call.applications.filter(number__isnull=False).only("number", "token")
    return {str(one.number): reading_code(one) for one in sent}


def flag_in_words(flag: str) -> str:
    """What stands out in how a reader marks."""
    words = {
        "strict": _("strict"),
        "lenient": _("lenient"),
        "flat": _("hardly tells applications apart"),
        "inconsistent": _("disagrees with the others beyond chance"),
        "inattentive": _("marks do not follow the applications"),
    }
    return words.get(flag, flag)


def correction_in_words(run: SelectionRun, why_not: str) -> str:
    """Whether the marks that decided were corrected for strict and lenient readers, or why not."""
    if run.is_corrected:
        return _("The marks that decided are corrected for how strictly each reader marks.")
    words = {
        "too_few_reads": _("too few applications were read more than once"),
        "too_few_reviewers": _("too few readers"),
        "not_connected": _("the readers have too few applications in common"),
        "no_difference": _("the readers do not differ beyond chance"),
    }
    if why_not in words:
        return _("The marks decided as they were given: %(why)s.") % {"why": words[why_not]}
    return _("The marks decided as they were given.")


def round_to(hundredths: float) -> float:
    """Hundredths of a point as points with one decimal."""
    return round(hundredths / 100, 1)


def _leniency(style: Any) -> float | None:
    return None if style is None else round_to(style.leniency)


def _outcome(decision: Decision) -> str:
    if decision.waiting_rank is not None and decision.outcome == Decision.Outcome.WAITING:
        place = formats.number(decision.waiting_rank)
        return _("Waiting, place %(place)s") % {"place": place}
    return decision.get_outcome_display()
