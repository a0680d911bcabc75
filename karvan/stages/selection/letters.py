"""What applicants are told of a decision: the mark, why, what would have changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from .models import Decision, Offer, SelectionRun
from .reasons import points, reasons_for

CHANGED_BY = {
    "below_cutoff": gettext_lazy("With more than %(cutoff)s points it would have been in."),
    "tie_drawn_out": gettext_lazy(
        "With any more points it would have been in; among equals only the draw decides."
    ),
    "displaced_by_quota": gettext_lazy(
        "Without these shares it would have been in; with them, it would have taken more than"
        " %(cutoff)s points."
    ),
    "no_seats_for_team": gettext_lazy("As a smaller team it would have been in."),
    "decided_jointly": gettext_lazy(
        "No single thing would have changed it: it depended on all who applied together."
    ),
}


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """One criterion of the rubric as an applicant sees it; ``mean`` is on its scale.

    means: what the nearest mark stands for, in the rubric's own words; "" if it has none.
    """

    title: str
    mean: str
    most: str
    means: str


def decision_in_words(decision: Decision, offer: Offer | None = None) -> list[str]:
    """How one application was decided, line by line, in the active language.

    The mark with what it was before it was corrected, the reason with the points that were
    missing, what would have changed it, then the mean of each criterion. ``offer`` is the
    one that took somebody else's place, if it did.
    """
    reason, *criteria = reasons_for(decision, decision.run)
    lines = [mark_in_words(decision)] if is_corrected(decision) else []
    if offer is not None and offer.instead_of_id is not None:
        lines.append(
            _(
                "A place was given back. Of those waiting you are the first with whom the shares"
                " agreed for the cohort are kept."
            )
        )
    elif offer is None or decision.outcome == Decision.Outcome.SELECTED:
        lines.append(reason)
    return [*lines, *filter(None, [_changed(decision, offer)]), *criteria]


def is_corrected(decision: Decision) -> bool:
    """True where the mark that decided is not the mean as it was given."""
    return decision.raw is not None and decision.raw != decision.merit


def mark_in_words(decision: Decision) -> str:
    """The mark that decided, with its uncertainty and the mean as it was given where they differ."""
    if not is_corrected(decision):
        return _("The mark is %(mark)s of 100.") % {"mark": points(decision.merit)}
    return _(
        "The mark is %(mark)s of 100. It is corrected for how strictly each reader marks; the"
        " mean as given was %(raw)s."
    ) % {"mark": points(decision.merit), "raw": points(decision.raw or 0)}


def what_would_have_changed(decision: Decision) -> str:
    """What would have made it another decision; "" for one that was selected."""
    words = CHANGED_BY.get(decision.reason)
    cutoff = decision.reason_detail.get("cutoff") or 0
    if words is None or (decision.reason == "displaced_by_quota" and cutoff <= decision.merit):
        return "" if words is None else _("Without these shares it would have been in.")
    return str(words) % {"cutoff": points(cutoff)}


def _changed(decision: Decision, offer: Offer | None) -> str:
    return "" if offer is not None else what_would_have_changed(decision)


def criteria_shown(decision: Decision) -> list[CriterionShown]:
    """The mean of each criterion, and what the mark nearest to it stands for.

    The readers' own comments are not there: they were written for the committee.
    """
    rubric = rubric_of(decision.run)
    low, high = rubric.get("scale") or (0, 5)
    means = decision.reason_detail.get("criteria") or {}
    return [
        CriterionShown(
            in_language(one["title"]),
            points(means[one["code"]]),
            formats.number(high),
            anchor_of(one, (means[one["code"]] + 50) // 100 - low),
        )
        for one in rubric.get("criteria") or ()
        if one["code"] in means
    ]


def rubric_of(run: SelectionRun) -> dict[str, Any]:
    """The rubric by which the call's applications were read; {} if there is none."""
    round = getattr(run.call, "review_round", None)
    return dict(round.rubric) if round else {}


def anchor_of(criterion: dict[str, Any], position: int) -> str:
    """What a mark stands for, in the reader's language; ``position`` counts from the lowest."""
    anchors = criterion.get("anchors") or ()
    if isinstance(anchors, dict):
        return in_language(anchors.get(str(position)))
    return in_language(anchors[position]) if 0 <= position < len(anchors) else ""
