"""From what the stages did to one state a stage: the rules, one function each.

An activity's stage gives a ``Step``; an edition's stage is the most pressing of its
activities' (``merged``). None means that the edition does not use the stage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.stages.editions.models import Edition

from .standing import Standing

# Certificates and the report are expected within this time after the last day.
PAPERS_WITHIN = timedelta(days=30)
PRESSING = ("late", "in_progress", "waiting", "open", "draft", "locked", "dropped", "done")


@dataclass(frozen=True, slots=True)
class Step:
    """How far one stage is: the state's key, the day it turns on, a word, who must act."""

    state: str
    on: date | None = None
    note: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """The moment asked about, in the edition's own time zone."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def day(self, at: datetime | None) -> date | None:
        """The local date of a moment."""
        return at.astimezone(self.zone).date() if at else None


Rule = Callable[[Standing, Moment], Step | None]


def design(standing: Standing, moment: Moment) -> Step:
    """The blueprint an edition stands on was published before it was adopted."""
    blueprint = standing.edition.blueprint
    note = _("version %(number)s") % {"number": blueprint.number}
    return Step("done", moment.day(blueprint.published_at), note)


def adoption(standing: Standing, moment: Moment) -> Step:
    """Adopted, being adopted, cancelled; waiting while a newer version is offered to it."""
    edition: Any = standing.edition
    if edition.state == Edition.State.CANCELLED:
        return Step("dropped", moment.day(edition.closed_at), _("cancelled"))
    if edition.state == Edition.State.ADOPTING:
        return Step("in_progress", None, "", _("coordinator"))
    if edition.offered_number and edition.state != Edition.State.CLOSED:
        note = _("version %(number)s offered") % {"number": edition.offered_number}
        return Step("waiting", moment.day(edition.offered_at), note, _("coordinator"))
    return Step("done", moment.day(edition.adopted_at))


def call(activity: Any, moment: Moment) -> Step:
    """The call: drafted, announced, open, closed; late when the day of the activity came first."""
    found = getattr(activity, "call", None)
    planned = activity.planned_starts_on
    if found is None or found.state == "draft":
        if planned and planned <= moment.today and not activity.actual_starts_on:
            return Step("late", planned, _("no call yet"), _("coordinator"))
        return Step("draft" if found else "open", None, "", _("coordinator"))
    if found.state == "cancelled":
        return Step("dropped", None, _("cancelled"))
    sent = _applications(activity.sent_n)
    if moment.now < found.opens_at:
        return Step("waiting", moment.day(found.opens_at), _("opens"))
    if moment.now < found.closes_at:
        return Step("in_progress", moment.day(found.closes_at), sent, _("applicants"))
    return Step("done", moment.day(found.closes_at), sent)


def reading(activity: Any, moment: Moment) -> Step:
    """The reading: from the first assignment until the round is closed."""
    found = getattr(activity, "call", None)
    round = getattr(found, "review_round", None) if found else None
    if round is None:
        is_closed = (
            found is not None and found.state == "published" and found.closes_at <= moment.now
        )
        return Step("open", None, "", _("coordinator")) if is_closed else Step("locked")
    if round.state == "closed":
        return Step("done", moment.day(round.closed_at))
    if round.state == "prepared":
        return Step("open", moment.day(round.due_at), "", _("coordinator"))
    done = _("%(done)s of %(reads)s reads") % {"done": activity.read_n, "reads": activity.reads_n}
    is_late = round.due_at is not None and round.due_at < moment.now
    state = "late" if is_late else "in_progress"
    return Step(state, moment.day(round.due_at), done, _("reviewers"))


def choice(activity: Any, moment: Moment) -> Step:
    """The selection: proposed, signed by two, offered, answered."""
    round = getattr(getattr(activity, "call", None), "review_round", None)
    if not activity.is_signed:
        if activity.is_proposed:
            return Step("in_progress", None, _("to be signed"), _("coordinator"))
        is_read = round is not None and round.state == "closed"
        return Step("open", None, "", _("coordinator")) if is_read else Step("locked")
    on = moment.day(activity.signed_at)
    if not activity.offers_n:
        return Step("in_progress", on, _("offers to send"), _("coordinator"))
    if activity.unanswered_n:
        words = ngettext("%(n)s answer awaited", "%(n)s answers awaited", activity.unanswered_n)
        return Step("in_progress", on, words % {"n": activity.unanswered_n}, _("applicants"))
    return Step("done", on)


def timetable(activity: Any, moment: Moment) -> Step | None:
    """The timetable: drafted, published, to be repaired; late when the first day came before it.

    None of what is over and was held without one.
    """
    if activity.repair_asked_at and not activity.actual_ends_on:
        asked = moment.day(activity.repair_asked_at)
        return Step("waiting", asked, _("to be repaired"), _("coordinator"))
    if activity.published_at:
        return Step("done", moment.day(activity.published_at))
    if activity.actual_ends_on:
        return None
    starts = activity.actual_starts_on or activity.planned_starts_on
    if starts and starts <= moment.today:
        return Step("late", starts, _("not published"), _("coordinator"))
    return Step("draft" if activity.has_table else "open", starts, "", _("coordinator"))


def holding(activity: Any, moment: Moment) -> Step:
    """What happens: planned, under way, over; late when the plan has passed without a word."""
    first, last = activity.actual_starts_on, activity.actual_ends_on
    if last and last <= moment.today:
        return Step("done", last)
    if first and first <= moment.today:
        return Step("in_progress", last or activity.planned_ends_on, "", _("trainers"))
    planned_end = activity.planned_ends_on
    if not first and planned_end and planned_end < moment.today:
        return Step("late", planned_end, _("no actual dates"), _("coordinator"))
    starts = first or activity.planned_starts_on
    is_on = starts and starts <= moment.today
    return Step("in_progress" if is_on else "open", starts, "", _("trainers") if is_on else "")


def documenting(activity: Any, moment: Moment) -> Step:
    """The dossiers of a workshop's teams: begun, stopped, released."""
    if not activity.dossiers_n:
        return (
            Step("open", None, "", _("trainers")) if activity.actual_starts_on else Step("locked")
        )
    if activity.stopped_n:
        note = ngettext("%(n)s bench stopped", "%(n)s benches stopped", activity.stopped_n)
        return Step("waiting", None, note % {"n": activity.stopped_n}, _("safety officer"))
    if activity.released_n == activity.dossiers_n:
        note = ngettext("%(n)s dossier", "%(n)s dossiers", activity.dossiers_n)
        return Step("done", activity.actual_ends_on, note % {"n": activity.dossiers_n})
    figures = {"done": activity.released_n, "all": activity.dossiers_n}
    return Step("in_progress", None, _("%(done)s of %(all)s released") % figures, _("teams"))


def convening(activity: Any, moment: Moment) -> Step:
    """A symposium's abstracts: decided, and printed."""
    if not activity.abstracts_n:
        return Step("locked")
    if activity.proceedings_at:
        return Step("done", moment.day(activity.proceedings_at), _("proceedings"))
    if activity.undecided_n:
        decided = activity.abstracts_n - activity.undecided_n
        figures = {"done": decided, "all": activity.abstracts_n}
        return Step("in_progress", None, _("%(done)s of %(all)s decided") % figures, _("committee"))
    note = ngettext("%(n)s abstract", "%(n)s abstracts", activity.abstracts_n)
    return Step("in_progress", None, note % {"n": activity.abstracts_n}, _("coordinator"))


def restoring(activity: Any, moment: Moment) -> Step:
    """The restoration on which the course learns."""
    if activity.restoring is None:
        return Step("open", None, "", _("coordinator"))
    if activity.restoring in ("accepted", "monitored"):
        return Step("done", activity.accepted_on, _("accepted"))
    if activity.restoring == "stopped":
        return Step("waiting", None, _("works stopped"), _("coordinator"))
    note = _("works") if activity.restoring == "works" else ""
    return Step("in_progress" if note else "open", None, note, _("coordinator"))


def papers(activity: Any, moment: Moment) -> Step:
    """Certificates: due within thirty days of the last day."""
    if activity.papers_n:
        note = ngettext("%(n)s certificate", "%(n)s certificates", activity.papers_n)
        return Step("done", moment.day(activity.issued_at), note % {"n": activity.papers_n})
    last = activity.actual_ends_on
    if last is None or last > moment.today:
        return Step("locked")
    due = last + PAPERS_WITHIN
    return Step("late" if due < moment.today else "open", due, "", _("coordinator"))


def venturing(standing: Standing, moment: Moment) -> Step | None:
    """Teams and what they start; not part of an edition without a course and without teams."""
    edition: Any = standing.edition
    has_course = any(one.format == "course" for one in standing.activities)
    if not edition.teams_n:
        begun = any(one.actual_starts_on for one in standing.activities)
        state = Step("open", None, "", _("coordinator")) if begun else Step("locked")
        return state if has_course else None
    note = ngettext("%(n)s team", "%(n)s teams", edition.teams_n) % {"n": edition.teams_n}
    if edition.claims_n:
        waiting = ngettext("%(n)s claim to verify", "%(n)s claims to verify", edition.claims_n)
        return Step("in_progress", None, waiting % {"n": edition.claims_n}, _("mentors"))
    is_over = edition.state == Edition.State.CLOSED and not edition.questions_n
    return Step("done" if is_over else "in_progress", moment.day(edition.closed_at), note)


def reporting(standing: Standing, moment: Moment) -> Step:
    """The report: due within thirty days of the edition's end."""
    edition: Any = standing.edition
    if edition.reported_at:
        return Step("done", moment.day(edition.reported_at))
    if not any(one.actual_starts_on for one in standing.activities):
        return Step("locked")
    closed = moment.day(edition.closed_at)
    if closed and closed + PAPERS_WITHIN < moment.today:
        return Step("late", closed + PAPERS_WITHIN, "", _("coordinator"))
    return Step("open", None, "", _("coordinator"))


def merged(steps: Iterable[Step | None]) -> Step | None:
    """The edition's step: the most pressing one; its day is the last one when all is done."""
    listed = [step for step in steps if step is not None]
    if not listed:
        return None
    states = {step.state for step in listed}
    if states == {"done"}:
        return max(listed, key=lambda step: step.on or date.min)
    first = min(listed, key=lambda step: (PRESSING.index(step.state), step.on or date.max))
    done = sum(step.state == "done" for step in listed)
    if not done:
        return first
    state = "in_progress" if first.state in ("open", "draft", "locked") else first.state
    note = _("%(done)s of %(all)s") % {"done": done, "all": len(listed)}
    return Step(state, first.on, first.note or note, first.who)


def looked_back(step: Step | None) -> Step | None:
    """The step of an edition that is closed: what was not done there is no longer due, but unknown."""
    if step is None or step.state in ("done", "dropped"):
        return step
    return Step("unknown", None, _("no record of it"))


def of_called(rule: Callable[[Any, Moment], Step]) -> Rule:
    """The rule over the activities that have a call; over the first one while none has.

    What was held without a call in the register is not asked for one afterwards.
    """

    def over(standing: Standing, moment: Moment) -> Step | None:
        called = [one for one in standing.activities if getattr(one, "call", None)]
        if not called and any(one.actual_starts_on for one in standing.activities):
            return None
        return merged(rule(one, moment) for one in called or standing.activities[:1])

    return over


def of_all(rule: Callable[[Any, Moment], Step | None]) -> Rule:
    """The rule over every activity of the edition."""

    def over(standing: Standing, moment: Moment) -> Step | None:
        return merged(rule(one, moment) for one in standing.activities)

    return over


def of_format(format: str, rule: Callable[[Any, Moment], Step]) -> Rule:
    """The rule over the edition's activities of one format; None where it has none."""

    def over(standing: Standing, moment: Moment) -> Step | None:
        found = [one for one in standing.activities if one.format == format]
        return merged(rule(one, moment) for one in found)

    return over


def _applications(count: int) -> str:
    return ngettext("%(n)s application", "%(n)s applications", count) % {"n": count}
