"""Take a recorded signal in, hear what its file does not tell, take it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from karvan.engines.measurement.signals import Given, Recording
from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, NotOfThisDossier
from ..models import Dossier, SignalCapture
from .editing import locked_dossier
from .measuring_budget import checked_unit, known_unit
from .measuring_facts import changed_facts
from .signals_reading import (
    asks,
    channels_kept,
    doubts_kept,
    events_kept,
    figures_kept,
    given_of,
    plot_of,
    read_files,
    recording_of,
    span_of,
)

KINDS = ("capture",)
MOST_FILES = 12
FACTS = ("title", "series", "replicate", "block", "instrument", "note")


@transaction.atomic
def take_capture(
    dossier: Dossier, *, uploads: Sequence[File[Any]], by: Person | None, **facts: Any
) -> SignalCapture:
    """Store the files of one recording, read it, draw it, derive its figures.

    A unit that the files do not tell is asked for: the capture's state is then "asks".
    ``facts`` are the fields of ``FACTS``.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
        Unreadable: with what is wrong and up to where it could be read; nothing is kept.
        NotGiven: no file, or too many. NotOfThisDossier: block or instrument of another one.
        FileTooLarge, FileEmpty, FileNotAllowed: from ``store_upload``.

    Cost: a record of 650,000 samples and two channels takes about 0.6 s.
    """
    held = locked_dossier(dossier)
    if not 0 < len(uploads) <= MOST_FILES:
        raise NotGiven(_("Send from 1 to %(most)s files.") % {"most": MOST_FILES})
    files = [store_upload(one, kinds=KINDS, scope=held.scope, by=by) for one in uploads]
    given = Given()
    recording = read_files(files, given)
    capture = SignalCapture(dossier=held, author=by)
    _put_facts(capture, facts)
    capture.title = capture.title or files[0].name.rpartition(".")[0][:150] or files[0].name[:150]
    _put_recording(capture, recording, given)
    capture.save()
    capture.files.set(files)
    record("took signal", capture, by=by, after=_said(capture), scope=held.scope)
    return capture


@transaction.atomic
def answer_capture(
    capture: SignalCapture,
    *,
    units: Mapping[str, str],
    scales: Mapping[str, tuple[float, float]],
    rate: float | None,
    time_unit: str,
    no_time: bool,
    by: Person | None,
) -> SignalCapture:
    """Say what the file does not tell; figures and plot are made anew.

    Units of channels whose file tells them stay as the file says.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
        BadUnit: a unit is none; NotGiven: a rate that is not above zero.
    """
    held = locked_dossier(capture.dossier)
    found = SignalCapture.objects.select_for_update().get(pk=capture.pk)
    if rate is not None and not 0 < rate < 1e12:
        raise NotGiven(_("The sample rate must be above zero."))
    given = Given(
        units={name: known_unit(unit) for name, unit in units.items() if unit},
        scales={name: pair for name, pair in scales.items() if pair != (1, 0)},
        rate=None if no_time else rate,
        time_unit=checked_unit(time_unit, "time") if time_unit else "",
        no_time=no_time,
    )
    before = _said(found)
    recording = read_files(found.files.order_by("pk"), given)
    _put_recording(found, recording, given)
    found.save()
    was, now = changed_facts(before, _said(found))
    record("answered for signal", found, by=by, before=was, after=now, scope=held.scope)
    return found


@transaction.atomic
def change_capture(capture: SignalCapture, *, by: Person | None, **facts: Any) -> SignalCapture:
    """Change what a capture is called and where it belongs.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
        NotOfThisDossier: block or instrument belong elsewhere.
    """
    held = locked_dossier(capture.dossier)
    found = SignalCapture.objects.select_for_update().get(pk=capture.pk)
    before = _said(found)
    _put_facts(found, facts)
    found.save()
    was, now = changed_facts(before, _said(found))
    record("changed signal", found, by=by, before=was, after=now, scope=held.scope)
    return found


@transaction.atomic
def remove_capture(capture: SignalCapture, *, by: Person | None) -> None:
    """Take a signal out. Its files stay stored: a released version may hold them.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
    """
    held = locked_dossier(capture.dossier)
    found = SignalCapture.objects.select_for_update().get(pk=capture.pk)
    record("removed signal", found, by=by, before=_said(found), scope=held.scope)
    found.delete()


def part_of(
    capture: SignalCapture, *, start: float, end: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Plot and figures between two moments, read anew from the files; nothing is written.

    Raises:
        Unreadable: the files can no longer be read.
    """
    recording = recording_of(capture)
    first, last = span_of(recording)
    start, end = max(first, min(start, last)), min(last, max(end, first))
    if end <= start:
        start, end = first, last
    return plot_of(recording, start, end), figures_kept(recording, start, end)


def _put_recording(capture: SignalCapture, recording: Recording, given: Given) -> None:
    start, end = span_of(recording)
    capture.format = recording.format
    capture.channels = channels_kept(recording, given)
    capture.sample_count = recording.count
    capture.sample_rate = recording.rate
    capture.started_at = recording.started_at[:40]
    capture.events = events_kept(recording)
    capture.doubts = doubts_kept(recording)
    capture.plot = plot_of(recording, start, end)
    capture.figures = figures_kept(recording, start, end)
    capture.figures["asks_time_unit"] = recording.asks_time_unit or bool(given.time_unit)
    capture.figures["asks_rate"] = recording.groups is None and (
        recording.asks_rate or given.no_time or given.rate is not None
    )
    waits = asks(recording, given_of(capture.channels))
    capture.state = SignalCapture.State.ASKS if waits else SignalCapture.State.READ


def _put_facts(capture: SignalCapture, facts: Mapping[str, Any]) -> None:
    for name in FACTS:
        if name in facts:
            setattr(capture, name, facts[name])
    dossier = capture.dossier
    if capture.block is not None and capture.block.dossier_id != dossier.pk:
        raise NotOfThisDossier(_("This block belongs to another dossier."))
    if capture.instrument is not None and capture.instrument.activity_id != dossier.activity_id:
        raise NotOfThisDossier(_("This instrument belongs to another workshop."))


def _said(capture: SignalCapture) -> dict[str, Any]:
    return {
        "what": capture.title,
        "form": capture.format,
        "samples": capture.sample_count,
        "units": {one["name"]: one["unit"] for one in capture.channels if one["unit"]},
        "state": capture.state,
    }
