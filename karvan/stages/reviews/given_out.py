"""How reads were given out, in words: suitability, the worst-off application, whether marks compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from karvan.foundation.ui import formats
from karvan.stages.calls.wording import worded
from karvan.stages.editions.models import Activity

from .words import missing_in_words

WHY: dict[str, str | Promise] = {
    "no_reviewer_with_language": gettext_lazy("%(n)s because nobody reads the language"),
    "loads_full": gettext_lazy("%(n)s because whoever could read has as much as they take"),
}


@dataclass(frozen=True, slots=True)
class Lacking:
    """So many reviewers with these languages were missing for so many reads."""

    languages: tuple[str, ...]
    reviewers: int
    reads: int


def lacking_in_words(record: Any, activity: Activity) -> list[str]:
    """Who was missing when reads were last given out, and why; [] if nobody."""
    how = record.after.get("how") if record else None
    if not how:
        return []
    missing = [Lacking(tuple(m["languages"]), m["reviewers"], m["reads"]) for m in how["missing"]]
    return [*missing_in_words(missing), *why_in_words(how["why"], activity)]


def why_in_words(why: Mapping[str, int], activity: Activity) -> list[str]:
    """Why reads have nobody, as one sentence: "Reads without a reviewer: 4 because …"."""
    if not why:
        return []
    said = [_reason(reason, formats.number(n), activity) for reason, n in sorted(why.items())]
    return [_("Reads without a reviewer: %(why)s.") % {"why": formats.in_a_row(said, ";")}]


def _reason(reason: str, n: str, activity: Activity) -> str:
    if reason == "all_in_conflict":
        return worded(
            activity,
            "%(n)s because whoever reads the language is in conflict or reads the application already",
            n=n,
        )
    return str(WHY[reason] % {"n": n})


def given_out_in_words(record: Any, activity: Activity) -> list[tuple[str, str]]:
    """Terms and facts of the last giving-out, from its record; [] if there is none to tell of."""
    how = record.after.get("how") if record else None
    if not how or not how["reads"]:
        return []
    return [*_suiting(how, activity), (_("Comparing reviewers"), _compared(how, activity))]


def _suiting(how: Mapping[str, int], activity: Activity) -> list[tuple[str, str]]:
    """How reads suit the applications; nothing where no field is known."""
    if not how["total"]:
        text = worded(
            activity,
            "Neither applications nor reviewers name fields that meet, so every reader suits alike.",
        )
        return [(_("Suitability"), text)]
    mean = _points(how["total"] / how["reads"])
    total = _("%(mean)s of 100 on average over %(reads)s first reads") % {
        "mean": mean,
        "reads": formats.number(how["reads"]),
    }
    worst = {"worst": _points(how["worst"]), "bound": _points(how["worst_bound"])}
    words = _("%(worst)s points in all; no giving out could do better than %(bound)s") % worst
    return [
        (_("Suitability"), total),
        (worded(activity, "Worst-off application"), words),
        (_("What raising it cost"), _lost(how)),
    ]


def _lost(how: Mapping[str, int]) -> str:
    before, lost = how["total_before"], how["total_before"] - how["total"]
    if lost <= 0:
        return _("nothing: it had the most that is possible, or rose without loss")
    return _("%(share)s of the suitability") % {"share": formats.percent(lost / before, digits=2)}


def _compared(how: Mapping[str, int], activity: Activity) -> str:
    if how["parts"] > 1:
        return worded(
            activity,
            "reviewers share no application",
            number=how["parts"],
            n=formats.number(how["parts"]),
        )
    return ngettext(
        "all hang together; everybody reads beside at least %(n)s other reviewer",
        "all hang together; everybody reads beside at least %(n)s other reviewers",
        how["mixing"],
    ) % {"n": formats.number(how["mixing"])}


def _points(value: float) -> str:
    return formats.number(int(value * 10 + 0.5) / 10)
