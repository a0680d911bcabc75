"""Numbers that must agree: minutes, days, weights, least and most."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..nodes import Findings, Node


def sums_agree(root: Node) -> Findings:
    """Weights make 100, sessions make the contact minutes, and every span is the right way round."""
    for activity in root.entries("activities"):
        yield from _minutes(activity)
        yield from _days(activity)
        yield from _weights(activity)
        yield from _spans(activity)
        yield from _anchors(activity)


def _minutes(activity: Node) -> Findings:
    sessions = activity.entries("sessions")
    duration = activity.at("duration")
    wanted = duration.number("contact_minutes")
    total = sum(session.number("minutes") or 0 for session in sessions)
    if sessions and wanted is not None and total != wanted:
        message = _("The sessions make %(total)s minutes, contact_minutes says %(wanted)s.")
        yield (*duration.raw, "contact_minutes"), message % {"total": total, "wanted": wanted}
    teams = activity.at("cohort").number("max_teams")
    for session in sessions:
        share = session.at("per_team")
        each = (share.number("present_minutes") or 0) + (share.number("questions_minutes") or 0)
        held = session.number("minutes") or 0
        if teams is not None and each * teams > held:
            message = _("%(teams)s teams of %(each)s minutes need %(need)s; there are %(held)s.")
            detail = {"teams": teams, "each": each, "need": each * teams, "held": held}
            yield share.raw, message % detail


def _days(activity: Node) -> Findings:
    duration = activity.at("duration")
    if ("days" in duration) == ("weeks" in duration):
        yield duration.raw, _("The duration has either days or weeks.")
        return
    unit = "day" if "days" in duration else "week"
    most = duration.number(unit + "s")
    for item in [*activity.entries("sessions"), *activity.entries("plan")]:
        at = item.number(unit)
        if at is None:
            message = _("Say the %(unit)s, as the duration is counted in it.")
            yield item.raw, message % {"unit": unit}
        elif most is not None and at > most:
            message = _("%(unit)s %(at)s lies outside the duration of %(most)s.")
            detail = {"unit": unit, "at": at, "most": most}
            yield (*item.raw, unit), message % detail


def _weights(activity: Node) -> Findings:
    rubric = activity.at("selection").at("rubric")
    for name, listed in (("rubric", rubric), ("assessment", activity.at("assessment"))):
        weights = [item.number("weight") for item in listed.items()]
        if not weights:
            continue
        total = sum(weight or 0 for weight in weights)
        if total != 100:
            message = _("The weights of the %(list)s sum to %(total)s, not 100.")
            yield listed.raw, message % {"list": name, "total": total}


def _spans(activity: Node) -> Findings:
    for least, most in _pairs(activity):
        if (
            isinstance(least.value, int)
            and isinstance(most.value, int)
            and least.value > most.value
        ):
            message = _("The least, %(least)s, is more than the most, %(most)s.")
            yield least.raw, message % {"least": least.value, "most": most.value}


def _pairs(activity: Node) -> Iterator[tuple[Node, Node]]:
    cohort = activity.at("cohort")
    yield cohort.at("min"), cohort.at("max")
    yield cohort.at("min_teams"), cohort.at("max_teams")
    yield cohort.at("team_size").at("min"), cohort.at("team_size").at("max")


def _anchors(activity: Node) -> Findings:
    rubrics = [activity.at("selection").entries("rubric")]
    rubrics += [rubric.entries("criteria") for rubric in activity.entries("rubrics")]
    for criteria in rubrics:
        counts = [len(criterion.at("anchors").items()) for criterion in criteria]
        for criterion, count in zip(criteria, counts, strict=True):
            if count != counts[0]:
                message = _("This criterion has %(count)s anchors, the first has %(first)s.")
                detail = {"count": count, "first": counts[0]}
                yield (*criterion.raw, "anchors"), message % detail
