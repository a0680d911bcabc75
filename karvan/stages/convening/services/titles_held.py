"""A title after it was given: decree, the year it is held, its events, its report, its handover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Edition

from ..errors import NotGiven, NotOfThisSession, WrongState
from ..models import Title, TitleEvent

REPORT_KINDS = ("pdf",)


@transaction.atomic
def note_decree(title: Title, *, decreed_on: date, decree: str, by: Person | None) -> Title:
    """Write down the state's own decree: its day and what it is called.

    Raises: NotGiven: the decree has no name, or it comes before the decision.
    """
    held = _locked(title)
    if not decree.strip():
        raise NotGiven(_("Say what the decree is called and who gave it."))
    first = held.decided_on
    if first and held.decided_precision == "day" and decreed_on < first:
        raise NotGiven(_("The decree would come before the decision."))
    held.decreed_on, held.decree = decreed_on, decree.strip()
    held.save(update_fields=["decreed_on", "decree"])
    record("decree noted", held, by=by, after={"on": decreed_on, "decree": held.decree})
    return held


@transaction.atomic
def say_year_held(title: Title, *, year_held: int, reason: str = "", by: Person | None) -> Title:
    """Say in which year the title was held in fact; the year it was given for stays.

    Raises: NotGiven: it moved without a reason, or to before the series began.
    """
    held = _locked(title)
    if year_held < held.series.first_year:
        raise NotGiven(_("Nothing of this series was held before %(year)d.") % {"year": held.series.first_year})  # fmt: skip
    if year_held != held.year and not reason.strip():
        raise NotGiven(
            _("The title is of %(year)d. Say why it was held in %(held)d.")
            % {"year": held.year, "held": year_held}
        )
    before = held.year_held
    held.year_held = year_held
    held.moved_reason = reason.strip() if year_held != held.year else ""
    held.save(update_fields=["year_held", "moved_reason"])
    record(
        "year held said",
        held,
        by=by,
        before={"year held": str(before or "")},
        after={"year held": str(year_held)},
        reason=held.moved_reason,
    )
    return held


@transaction.atomic
def place_title(title: Title, *, latitude: Decimal, longitude: Decimal, by: Person | None) -> Title:
    """Say where the city lies, in degrees, so that the map shows it.

    Raises: NotGiven: outside the earth.
    """
    held = _locked(title)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise NotGiven(_("Latitude goes from -90 to 90, longitude from -180 to 180."))
    held.latitude, held.longitude = latitude, longitude
    held.save(update_fields=["latitude", "longitude"])
    record("title placed", held, by=by, after={"latitude": latitude, "longitude": longitude})
    return held


@transaction.atomic
def name_committee(
    title: Title, *, members: Sequence[Mapping[str, str]], by: Person | None
) -> Title:
    """Name the host committee anew: each with name and office, the chair first.

    The record says how many they are, not who.

    Raises: NotGiven: nobody, or somebody without a name.
    """
    held = _locked(title)
    listed = [{"name": one["name"].strip(), "office": one.get("office", "").strip()} for one in members]  # fmt: skip
    if not listed or not all(one["name"] for one in listed):
        raise NotGiven(_("Name each member of the committee."))
    held.committee = listed
    held.save(update_fields=["committee"])
    record("host committee named", held, by=by, after={"members": len(listed)})
    return held


@transaction.atomic
def add_event(
    title: Title,
    *,
    names: Mapping[str, str],
    starts_on: date,
    ends_on: date | None = None,
    place: str = "",
    edition: Edition | None = None,
    source: str = "",
    by: Person | None,
) -> TitleEvent:
    """Add an event to the programme of the title's year.

    Raises: NotGiven: no name, it ends before it begins, or it lies outside the year.
    """
    held = _locked(title)
    if not any(names.values()):
        raise NotGiven(_("Name the event in at least one language."))
    if ends_on and ends_on < starts_on:
        raise NotGiven(_("The event would end before it begins."))
    year = held.year_held or held.year
    if not year - 1 <= starts_on.year <= year + 1:
        raise NotGiven(
            _("%(city)s holds the title in %(year)d; this event would be in %(other)d.")
            % {"city": held, "year": year, "other": starts_on.year}
        )
    event = TitleEvent.objects.create(
        title=held,
        names=dict(names),
        starts_on=starts_on,
        ends_on=ends_on,
        place=place.strip(),
        edition=edition,
        source=source.strip(),
    )
    record("title event added", held, by=by, after={"event": dict(names), "on": starts_on})
    return event


@transaction.atomic
def remove_event(event: TitleEvent, *, by: Person | None) -> None:
    """Take an event out of the programme."""
    held = _locked(event.title)
    before = {"event": event.names, "on": event.starts_on}
    event.delete()
    record("title event removed", held, by=by, before=before)


@transaction.atomic
def file_closing_report(title: Title, *, upload: File[Any], by: Person | None) -> Title:
    """Keep the closing report of the year; one that was there is replaced.

    Raises:
        WrongState: the year of the title has not begun.
        FileNotAllowed …: it is no PDF, as ``store_upload``.
    """
    held = _locked(title)
    if (held.year_held or held.year) > clock.today().year:
        raise WrongState(_("The year of the title has not begun; there is nothing to report yet."))
    held.closing_report = store_upload(upload, kinds=REPORT_KINDS, scope=held.scope, by=by)
    held.save(update_fields=["closing_report"])
    record("closing report filed", held, by=by, after={"file": held.closing_report.name})
    return held


@transaction.atomic
def hand_over(title: Title, *, to: Title, on: date, by: Person | None) -> Title:
    """Write down that a city handed the title over to the next.

    Raises:
        NotOfThisSession: the other title is of another series.
        NotGiven: it is the same city's, or not of a later year, or it was handed over already.
    """
    held = _locked(title)
    if to.series_id != held.series_id:
        raise NotOfThisSession(_("A title is handed over within its own series."))
    if held.handed_over_to_id:
        raise NotGiven(_("%(city)s has handed over already.") % {"city": held})
    if to.pk == held.pk or (to.year_held or to.year) < (held.year_held or held.year):
        raise NotGiven(_("A title is handed over to a city of a later year."))
    held.handed_over_to, held.handed_over_on = to, on
    held.save(update_fields=["handed_over_to", "handed_over_on"])
    record("title handed over", held, by=by, after={"to": str(to), "on": on})
    return held


def _locked(title: Title) -> Title:
    return (
        Title.objects.select_for_update(of=("self",))
        .select_related("series", "country")
        .get(pk=title.pk)
    )
