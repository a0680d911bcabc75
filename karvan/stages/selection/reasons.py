"""Why somebody is in or out, in words: the engine's code and numbers become sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from .models import Decision, SelectionRun
from .quotas import find_quota, title_of

SENTENCES = {
    "chosen_on_merit": gettext_lazy("Selected by mark: %(mark)s of 100."),
    "chosen_with_quota": gettext_lazy(
        "Selected with a mark of %(mark)s of 100; the shares agreed for the cohort were kept: %(quotas)s."
    ),
    "tie_drawn_in": gettext_lazy(
        "Selected with a mark of %(mark)s of 100. Others stood equal; the public draw decided."
    ),
    "tie_drawn_out": gettext_lazy(
        "Not in the cohort with a mark of %(mark)s of 100. Others stood equal; the public draw decided."
    ),
    "below_cutoff": gettext_lazy(
        "Not in the cohort: the mark was %(mark)s of 100, and at least %(cutoff)s was needed, %(points)s more."
    ),
    "displaced_by_quota": gettext_lazy(
        "Not in the cohort with a mark of %(mark)s of 100: the shares agreed for the cohort"
        " went first: %(quotas)s."
    ),
    "no_seats_for_team": gettext_lazy(
        "Not in the cohort: the mark of %(mark)s of 100 was high enough, but the team needs"
        " %(seats)s places together, and so many were not left."
    ),
    "decided_jointly": gettext_lazy(
        "Not in the cohort with a mark of %(mark)s of 100: no cohort with this application had"
        " as many points in all within the places and the shares agreed."
    ),
    "lottery_drawn": gettext_lazy(
        "Drawn; the chance was %(chance)s. All with a mark of %(least)s or more were in the lottery."
    ),
    "lottery_not_drawn": gettext_lazy(
        "Not drawn; the chance was %(chance)s. All with a mark of %(least)s or more were in the lottery."
    ),
    "below_least_mark": gettext_lazy(
        "Not in the lottery: the mark was %(mark)s of 100, and at least %(least)s was asked for."
    ),
}
SHORT = {
    "chosen_on_merit": gettext_lazy("by mark"),
    "chosen_with_quota": gettext_lazy("with quota"),
    "tie_drawn_in": gettext_lazy("drawn in among equals"),
    "tie_drawn_out": gettext_lazy("drawn out among equals"),
    "below_cutoff": gettext_lazy("below the cut"),
    "displaced_by_quota": gettext_lazy("displaced by quota"),
    "no_seats_for_team": gettext_lazy("no room for the team"),
    "decided_jointly": gettext_lazy("decided jointly"),
    "lottery_drawn": gettext_lazy("drawn by lot"),
    "lottery_not_drawn": gettext_lazy("not drawn by lot"),
    "below_least_mark": gettext_lazy("below the mark for the lottery"),
}
COMING_IN = {
    "best_allowed": gettext_lazy("The best of those waiting who keeps the quotas comes in."),
    "no_free_seat": gettext_lazy("All places are held, so nobody comes in."),
    "nobody_waiting": gettext_lazy("Nobody who waits fits into the free places."),
    "quota_cannot_be_kept": gettext_lazy(
        "Nobody who waits can restore what the quotas ask for; the place stays free."
    ),
}


def points(hundredths: int) -> str:
    """A mark in hundredths as people read it: 8125 is "81.25"."""
    return formats.number(hundredths / 100)


def reason_of(decision: Decision, run: SelectionRun) -> str:
    """Why this one is in or out, in one sentence of the active language.

    Raises:
        ValueError: a code that the engine does not give.
    """
    if decision.reason not in SENTENCES:
        raise ValueError(f"no sentence for the reason {decision.reason!r}")
    detail = decision.reason_detail
    titles = [quota_title(run, key) for key in detail.get("quotas") or ()]
    return str(SENTENCES[decision.reason]) % {
        "mark": points(decision.merit),
        "cutoff": points(detail.get("cutoff") or 0),
        "points": points(detail.get("points") or 0),
        "seats": formats.number(detail.get("seats") or 0),
        "least": points(detail.get("least") or 0),
        "chance": formats.percent((detail.get("chance") or 0) / 1_000_000, digits=1),
        "quotas": ", ".join(dict.fromkeys(titles)) or _("see the call"),
    }


def reasons_for(decision: Decision, run: SelectionRun) -> list[str]:
    """The reason, then the mean mark of each criterion of the rubric, in the active language."""
    rubric = _rubric(run)
    means: Mapping[str, int] = decision.reason_detail.get("criteria") or {}
    most = formats.number((rubric.get("scale") or [0, 5])[1])
    lines = [
        _("%(criterion)s: %(mean)s of %(most)s")
        % {
            "criterion": in_language(criterion["title"]),
            "mean": points(means[criterion["code"]]),
            "most": most,
        }
        for criterion in rubric.get("criteria") or ()
        if criterion["code"] in means
    ]
    return [reason_of(decision, run), *lines]


def quota_title(run: SelectionRun, key: str) -> str:
    """What a quota of the run is called; one made of "each" value names the value too."""
    quota = find_quota(run.quotas, key)
    if quota is None:
        return key
    if quota["key"] == key:
        return title_of(quota)
    return _("%(quota)s (%(value)s)") % {
        "quota": title_of(quota),
        "value": key.partition("/")[2],
    }


def change_in_words(run: SelectionRun, change: Mapping[str, Any]) -> str:
    """One limit moved, in words: "Women: at least 14 instead of 16"."""
    numbers = {"before": change["before"], "after": change["after"]}
    if change["quota"] is None:
        return _("%(after)s places instead of %(before)s") % numbers
    named = {"quota": quota_title(run, change["quota"]), **numbers}
    if change["side"] == "floor":
        return _("%(quota)s: at least %(after)s instead of %(before)s") % named
    return _("%(quota)s: at most %(after)s instead of %(before)s") % named


def clash_in_words(run: SelectionRun) -> str:
    """Which quotas cannot be kept together."""
    titles = [quota_title(run, key) for key in run.clash.get("quotas") or ()]
    return ngettext(
        "This quota cannot be kept with the places and the applications there are: %(quotas)s.",
        "These quotas cannot be kept together with the places and the applications there"
        " are: %(quotas)s.",
        len(titles),
    ) % {"quotas": ", ".join(titles)}


def proof_in_words(run: SelectionRun) -> str:
    """What is known of how good the answer is."""
    if run.is_feasible and run.method == SelectionRun.Method.LOTTERY:
        return _fairness_in_words(run)
    if not run.is_feasible or run.value is None or run.bound is None:
        return ""
    numbers = {"value": points(run.value), "gap": points(run.bound - run.value)}
    if run.is_proved:
        return (
            _("Proved: no other cohort within these quotas has more than %(value)s points in all.")
            % numbers
        )
    return (
        _(
            "Not proved to the end: another cohort might have up to %(gap)s points more than"
            " these %(value)s."
        )
        % numbers
    )


def _fairness_in_words(run: SelectionRun) -> str:
    """How fair a lottery's chances are; the engine tells them per million."""
    answer = run.answer
    least = formats.percent(answer.get("least", 0) / 1_000_000, digits=1)
    if run.is_proved:
        return _(
            "Drawn by lot: everybody qualified had a chance of at least %(least)s. Proved:"
            " under these quotas no lottery gives everybody more."
        ) % {"least": least}
    return _("Drawn by lot: everybody qualified had a chance of at least %(least)s.") % {
        "least": least
    }


def _rubric(run: SelectionRun) -> Mapping[str, Any]:
    round = getattr(run.call, "review_round", None)
    return round.rubric if round else {}
