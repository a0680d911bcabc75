"""Begin, write, sign and set aside condition surveys. A signed survey never changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import date_in_words
from karvan.stages.heritage.errors import NotAllowedYet, WrongState
from karvan.stages.heritage.models import ConditionSurvey, Monument, RestorationProject
from karvan.stages.heritage.queries.surveys import last_survey, projects_with_contractor
from karvan.stages.heritage.surveys_rules import next_look, rises

from .surveys_terms import ensure_terms

State = ConditionSurvey.State


@transaction.atomic
def begin_survey(monument: Monument, *, by: Person, on: date | None = None) -> ConditionSurvey:
    """Begin a draft on a day (today); the person's own open draft of the monument is given again."""
    Monument.objects.select_for_update().get(pk=monument.pk)
    ensure_terms(by=by)
    own = monument.surveys.filter(state=State.DRAFT, surveyor=by).first()
    if own is not None:
        return own
    made = ConditionSurvey.objects.create(
        monument=monument,
        on=on or clock.today(),
        surveyor=by,
        condition=ConditionSurvey.Condition.UNKNOWN,
    )
    record("survey begun", made, by=by, after={"on": made.on})
    return made


@transaction.atomic
def describe_survey(
    survey: ConditionSurvey,
    *,
    on: date,
    method: str,
    condition: str,
    by: Person | None,
    extent: str = "",
    trend: str = ConditionSurvey.Trend.UNKNOWN,
    certainty: str = "",
    note: str = "",
    next_due_on: date | None = None,
    surveyor_name: str = "",
    surveyor_party: Party | None = None,
) -> ConditionSurvey:
    """Write the head of a draft: when, how, by whom, the class, how far the damage goes.

    Raises:
        WrongState: it is signed.
        NotAllowedYet: its day lies ahead, or the next one before it.
    """
    row = locked_draft(survey)
    _check_days(on, next_due_on)
    before = {"state": row.condition}
    row.on, row.method, row.condition, row.extent = on, method, condition, extent
    row.trend, row.certainty, row.note = trend, certainty, note
    row.next_due_on, row.surveyor_name = next_due_on, surveyor_name
    row.surveyor_party = surveyor_party
    row.save()
    record("survey written", row, by=by, before=before, after={"state": condition, "on": on})
    return row


@transaction.atomic
def sign_survey(survey: ConditionSurvey, *, by: Person | None) -> ConditionSurvey:
    """Sign a draft: from now on it stands, and the monument has its class if it is the newest.

    Raises:
        WrongState: it is signed already.
        NotAllowedYet: what is missing, all at once; among it, that a better class after a
            restoration needs a survey by somebody who is not its contractor.
    """
    monument = Monument.objects.select_for_update().get(pk=survey.monument_id)
    row = locked_draft(survey)
    missing = missing_to_sign(row)
    if missing:
        raise NotAllowedYet(" ".join(missing))
    row.state, row.signed_at = State.SIGNED, clock.now()
    row.next_due_on = row.next_due_on or next_look(row.condition, row.on)
    row.save()
    before = {"state": monument.condition}
    newest = last_survey(monument)
    if newest is not None and newest.pk == row.pk:
        monument.condition = row.condition
        monument.save(update_fields=["condition"])
    after = {"state": row.condition, "on": row.on, "due": row.next_due_on}
    record("survey signed", row, by=by, before=before, after=after)
    return row


@transaction.atomic
def discard_survey(survey: ConditionSurvey, *, by: Person | None) -> None:
    """Throw a draft away, with all that is in it.

    Raises:
        WrongState: it is signed.
    """
    row = locked_draft(survey)
    record("survey discarded", row, by=by, before={"on": row.on})
    row.delete()


def missing_to_sign(survey: ConditionSurvey) -> list[str]:
    """All that stands between a draft and its signature, in sentences; [] where nothing does."""
    missing = []
    if survey.on > clock.today():
        missing.append(_("The day of the survey lies ahead: put it right."))
    if not survey.extent:
        missing.append(_("Say how far the damage goes, or that it is not known."))
    if not (survey.surveyor_id or survey.surveyor_name):
        missing.append(_("Say who made the survey."))
    return [*missing, *_not_independent(survey)]


def locked_draft(survey: ConditionSurvey) -> ConditionSurvey:
    """The survey's row, locked.

    Raises:
        WrongState: it is signed.
    """
    row = (
        ConditionSurvey.objects.select_for_update(of=("self",))
        .select_related("monument__register", "surveyor_party")
        .get(pk=survey.pk)
    )
    if row.state == State.SIGNED:
        raise WrongState(
            _("This survey of %(day)s is signed and cannot be changed. Begin a new one.")
            % {"day": date_in_words(row.on)}
        )
    return row


def _not_independent(survey: ConditionSurvey) -> list[str]:
    """Why a better class cannot be believed: the contractor judges its own work."""
    earlier = last_survey(survey.monument, by=survey.on)
    if earlier is None or not rises(earlier.condition, survey.condition):
        return []
    found = []
    for project in projects_with_contractor(survey.monument, survey.on):
        words = {
            "before": earlier.get_condition_display(),
            "after": survey.get_condition_display(),
            "contractor": project.contractor,
        }
        if survey.surveyor_party_id is None:
            found.append(
                _(
                    "The class rises from “%(before)s” to “%(after)s”: say for which party you "
                    "surveyed. It must be another than the contractor, %(contractor)s."
                )
                % words
            )
        elif survey.surveyor_party_id == project.contractor_id or _speaks_for(survey, project):
            found.append(
                _(
                    "The class cannot rise from “%(before)s” to “%(after)s” by a survey of the "
                    "contractor, %(contractor)s. Somebody else has to survey the monument."
                )
                % words
            )
    return list(dict.fromkeys(found))


def _speaks_for(survey: ConditionSurvey, project: RestorationProject) -> bool:
    """True if the surveyor is one of the contractor's own people."""
    return Role.objects.filter(
        person=survey.surveyor_id,
        kind=Role.Kind.PARTNER,
        party=project.contractor_id,
    ).exists()


def _check_days(on: date, next_due_on: date | None) -> None:
    if on > clock.today():
        raise NotAllowedYet(
            _("A survey cannot be of %(day)s: that day has not come yet.")
            % {"day": date_in_words(on)}
        )
    if next_due_on is not None and next_due_on <= on:
        raise NotAllowedYet(_("The next survey must come after this one, on a later day."))
