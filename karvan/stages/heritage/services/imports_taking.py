"""Take a table over: in batches, each whole, so that a long one can be watched and run again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.records.services import Act, record, record_many
from karvan.stages.heritage.errors import WrongState
from karvan.stages.heritage.models import (
    ConditionSurvey,
    LegalStatus,
    Monument,
    MonumentImport,
    RememberedMapping,
)
from karvan.stages.heritage.reading.lines import read_lines

from .imports import locked, table_of
from .imports_diff import BATCH, Change, compared, merged, row_values, today_of, ways_of
from .registers_keys import keyed

SMALL = 600  # lines up to which a table is taken over at once
WRITTEN = [
    "names", "aka", "kind", "importance", "texts", "date_text", "year_from", "year_to", "builder",
    "country", "countries", "adm1", "adm2", "address", "latitude", "longitude", "geometry",
    "certainty", "is_at_risk_of_looting", "public_latitude", "public_longitude", "materials",
    "owner", "use", "whs_id", "lists", "commons", "condition", "search_key", "sort_key", "source",
    "imported_in", "raw",
]  # fmt: skip


def is_small(imported: MonumentImport) -> bool:
    """True if the table is taken over while the person waits."""
    return imported.lines_total <= SMALL


@transaction.atomic
def begin_import(imported: MonumentImport, *, by: Person | None) -> MonumentImport:
    """Decide that the table is taken over as its preview says, and remember how it is read.

    Raises:
        WrongState: it is taken over or set aside already, or no column holds a name or a number.
    """
    held = locked(imported)
    stems = {name.partition(":")[0] for name in held.mapping}
    if not stems & {"name", "number"}:
        raise WrongState(
            _("No column is read as name or number. Say which is which first, then take it over.")
        )
    held.state, held.lines_done = MonumentImport.State.TAKING, 0
    held.save(update_fields=["state", "lines_done"])
    options = {name: held.options.get(name, "") for name in ("encoding", "separator", "language")}
    settled = held.options.get("settled", {})
    options["settled"] = {key: choice for key, choice in settled.items() if "@" not in key}
    RememberedMapping.objects.update_or_create(
        register=held.register,
        signature=held.signature,
        defaults={"mapping": held.mapping, "options": options, "used_at": clock.now()},
    )
    record("import begun", held, by=by, after={"lines": held.lines_total})
    return held


def take_import(imported: MonumentImport, *, by: Person | None) -> MonumentImport:
    """Take a begun table over to its end. Safe to run again: what was written is not written twice.

    Each batch is one transaction, so that its progress is seen and a crash loses none of it.

    Raises:
        WrongState: it was not begun.

    Cost: 1,000 lines take about a second and a half.
    """
    held = MonumentImport.objects.select_related("register", "file").get(pk=imported.pk)
    if held.state == MonumentImport.State.TAKEN:
        return held
    if held.state != MonumentImport.State.TAKING:
        raise WrongState(_("Nobody has decided yet that this table is taken over."))
    diff = compared(held, read_lines(table_of(held), ways_of(held)))
    known = frozenset(Country.objects.values_list("code", flat=True))
    waiting = [one for one in diff.changes if one.is_written]
    done = max(0, held.lines_total - len(waiting))
    for start in range(0, len(waiting), BATCH):
        part = waiting[start : start + BATCH]
        done += len(part)
        take_batch(held, part, known, done=min(done, held.lines_total), by=by)
    return finish_import(held, by=by)


@transaction.atomic
def take_batch(
    imported: MonumentImport,
    part: list[Change],
    known: frozenset[str],
    *,
    done: int,
    by: Person | None,
) -> None:
    """Write one batch of lines with their statuses, surveys and records."""
    new = [_new(imported, one, known) for one in part if one.row is None]
    Monument.objects.bulk_create(new)
    made = {one.national_id: one for one in new}
    for one in part:
        if one.row is not None:
            _change(imported, one)
    pairs = [(one, one.row or made[one.read.number]) for one in part]
    _write_statuses(imported, pairs)
    _write_surveys(imported, pairs)
    record_many([_act(imported, one, row) for one, row in pairs if one.state != "same"], by=by)
    MonumentImport.objects.filter(pk=imported.pk).update(lines_done=done)


@transaction.atomic
def finish_import(imported: MonumentImport, *, by: Person | None) -> MonumentImport:
    """Say that a table is taken over whole."""
    held = MonumentImport.objects.select_for_update().get(pk=imported.pk)
    if held.state == MonumentImport.State.TAKEN:
        return held
    held.state, held.taken_at = MonumentImport.State.TAKEN, clock.now()
    held.lines_done = held.lines_total
    held.save(update_fields=["state", "taken_at", "lines_done"])
    after = {key: held.report.get(key, 0) for key in ("new", "changed", "same")}
    record("monuments imported", held, by=by, after=after)
    return held


def _new(imported: MonumentImport, one: Change, known: frozenset[str]) -> Monument:
    values = row_values(one.read, imported.register, known)
    if "country_id" not in values:
        values["country_id"] = imported.register.country_id
    made = Monument(register=imported.register, national_id=one.read.number, **values)
    made.source = made.source or imported.file.name
    made.retrieved_on = today_of(imported)
    made.imported_in, made.raw = imported, one.read.raw
    if one.read.survey:
        made.condition = one.read.survey["condition"]
    return keyed(made, imported.register)


def _change(imported: MonumentImport, one: Change) -> None:
    assert one.row is not None
    merged(one.row, one.fields)
    one.row.imported_in, one.row.raw = imported, one.read.raw
    keyed(one.row, imported.register).save(update_fields=WRITTEN)


def _write_statuses(imported: MonumentImport, pairs: list[tuple[Change, Monument]]) -> None:
    """Add the statuses that are not there yet; none is taken out."""
    rows = [row for _one, row in pairs]
    there = set(
        LegalStatus.objects.filter(monument__in=rows).values_list(
            "monument_id", "designation", "starts_on", "ends_on"
        )
    )
    LegalStatus.objects.bulk_create(
        LegalStatus(monument=row, source=imported.file.name, **said)
        for one, row in pairs
        for said in one.read.statuses
        if (row.pk, said["designation"], said["starts_on"], said["ends_on"]) not in there
    )


def _write_surveys(imported: MonumentImport, pairs: list[tuple[Change, Monument]]) -> None:
    """Hand conditions on as surveys that were taken over: condition and trend alone."""
    rows = [row for _one, row in pairs]
    signed = ConditionSurvey.objects.filter(monument__in=rows, state="signed").order_by("on", "pk")
    last: dict[int, ConditionSurvey] = {}
    taken: dict[int, ConditionSurvey] = {}
    for survey in signed:
        last[survey.monument_id] = survey
        if survey.imported:
            taken[survey.monument_id] = survey
    made, anew = [], []
    for one, row in pairs:
        if one.read.survey and not _is_known(taken.get(row.pk), one.read.survey):
            survey = _survey(imported, row, one.read.survey)
            made.append(survey)
            if row.pk not in last or last[row.pk].on <= survey.on:
                row.condition = survey.condition
                anew.append(row)
    ConditionSurvey.objects.bulk_create(made)
    Monument.objects.bulk_update(anew, ["condition"])


def _is_known(survey: ConditionSurvey | None, said: dict[str, Any]) -> bool:
    if survey is None:
        return False
    same = (survey.condition, survey.trend) == (said["condition"], said["trend"])
    return same and said["on"] in (None, survey.on)


def _survey(imported: MonumentImport, monument: Monument, said: dict[str, Any]) -> ConditionSurvey:
    return ConditionSurvey(
        monument=monument, on=said["on"] or today_of(imported), condition=said["condition"],
        trend=said["trend"], surveyor_name=said["surveyor_name"], imported=True, state="signed",
        signed_at=clock.now(),
    )  # fmt: skip


def _act(imported: MonumentImport, one: Change, row: Monument) -> Act:
    if one.row is None:
        after = {"number": row.national_id, "line": one.read.line, "file": imported.file.name}
        return Act("monument imported", row, after=after, scope=imported.register.scope)
    return Act(
        "monument described",
        row,
        before=_told({name: before for name, (before, _after) in one.fields.items()}),
        after=_told({name: after for name, (_before, after) in one.fields.items()}),
        reason=_("Taken over from %(file)s") % {"file": imported.file.name},
        scope=imported.register.scope,
    )


def _told(values: dict[str, Any]) -> dict[str, Any]:
    """Values by the words that a history knows: texts of several languages together, a place as
    latitude and longitude."""
    told: dict[str, Any] = {}
    for name, value in values.items():
        stem, colon, _language = name.partition(":")
        if colon:
            told[stem] = " / ".join(one for one in (told.get(stem, ""), value) if one)
        elif name == "place":
            told |= value
        else:
            told[name.removesuffix("_id") if name == "country_id" else name] = value
    return told
