"""Whatever is named exists: rooms, roles, outcomes, milestones, assessments, sessions, outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from ..nodes import Findings, Node
from ..problems import did_you_mean

SESSION_KINDS = frozenset(
    [
        "plenary",
        "lecture",
        "exercise",
        "drill",
        "seminar",
        "case",
        "interview",
        "lab",
        "demo",
        "studio",
        "review",
        "workshop",
        "assessment",
        "practice",
        "mentoring",
        "live",
        "keynote",
        "paper",
        "panel",
        "sitting",
        "visit",
        "work_phase",
    ]
)

# What a certificate of a trade may ask for without a session that makes it: it is counted from
# the hours that supervisors sign on a restoration.
MEASURED = frozenset({"supervised_hours", "elements", "competence_level"})


def references_are_known(root: Node) -> Findings:
    """Each code that points at something finds it, within its own activity."""
    for activity in root.entries("activities"):
        for node, known in _pointers(activity):
            if isinstance(node.value, str) and node.value not in known:
                yield node.raw, _unknown(node.value, known)
        for session in activity.entries("sessions"):
            for kind in session.text("kind").split("+"):
                if kind and kind not in SESSION_KINDS:
                    yield (*session.raw, "kind"), _unknown(kind, SESSION_KINDS)
    yield from _feeding(root)


def _pointers(activity: Node) -> Iterator[tuple[Node, Iterable[str]]]:
    rooms, roles = activity.codes("rooms"), activity.codes("trainer_roles")
    outcomes, sessions = activity.codes("outcomes"), activity.codes("sessions", "id")
    milestones, assessments = activity.codes("milestones"), activity.codes("assessment")
    outputs = {session.text("output") for session in sessions.values()}
    if activity.text("format") == "restoration":
        outputs |= MEASURED
    for session in activity.entries("sessions"):
        yield session.at("room"), rooms
        yield from ((role, roles) for role in session.texts("roles"))
        yield from ((outcome, outcomes) for outcome in session.texts("outcomes"))
    for role in activity.entries("trainer_roles"):
        yield from ((session, sessions) for session in role.texts("sessions_only"))
    for item in activity.entries("equipment"):
        yield item.at("operator"), roles
    for assessment in activity.entries("assessment"):
        yield assessment.at("rubric"), activity.codes("rubrics")
    for part in activity.entries("plan"):
        for due in part.entries("due"):
            yield due.at("milestone"), milestones
            yield due.at("session"), sessions
    for milestone in activity.entries("milestones"):
        evidence = milestone.codes("evidence")
        yield from ((code, evidence) for code in milestone.texts("counted_apart"))
    yield activity.at("demo_day").at("session"), sessions
    for _kind, award in activity.at("award").pairs():
        yield from ((code, milestones) for code in award.texts("milestones"))
        yield from ((code, milestones) for code in award.texts("follow_up_opt_in"))
        yield from ((code, assessments) for code in award.texts("assessments_passed"))
        for code, at in award.at("min_assessments").pairs():
            yield Node(code, at.raw), assessments
        for code, at in award.at("outputs").pairs():
            yield Node(code, at.raw), outputs


def _feeding(root: Node) -> Findings:
    """`admits_from` names another activity, a jury's course has one, and none feeds itself."""
    activities = root.codes("activities")
    feeds = {code: item.text("admits_from") for code, item in activities.items()}
    for code, activity in activities.items():
        source = feeds[code]
        if source and source not in activities:
            yield (*activity.raw, "admits_from"), _unknown(source, activities)
        ring = _ring(code, feeds)
        if ring:
            message = _("These activities admit from each other: %(ring)s.")
            yield (*activity.raw, "admits_from"), message % {"ring": " → ".join(ring)}
        decided_by_jury = activity.at("selection").text("decided_by") == "jury"
        if activity.text("format") == "course" and decided_by_jury and not source:
            message = _("A course decided by a jury says which activity it admits from.")
            yield (*activity.raw, "selection"), message


def _ring(start: str, feeds: dict[str, str]) -> list[str]:
    trail = [start]
    while feeds.get(trail[-1]):
        trail.append(feeds[trail[-1]])
        if trail[-1] == start:
            return trail
        if len(trail) > len(feeds) + 1:
            return []
    return []


def _unknown(value: str, known: Iterable[str]) -> str:
    names = sorted(name for name in known if name)
    message = _("“%(value)s” is not known here; known: %(known)s.") % {
        "value": value,
        "known": ", ".join(names) or _("none"),
    }
    return message + did_you_mean(value, names)
