"""Begin a symposium, say how its papers are given, and who presides over which track."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.editions.models import Activity

from ..errors import NotGiven, WrongState
from ..models import Symposium, Track
from ..symposium_design import design_of

TRACK = "track"  # the question of the call's form whose choices are the tracks


@transaction.atomic
def open_symposium(activity: Activity, *, by: Person | None) -> Symposium:
    """Begin the symposium of an activity and return it, with the tracks that its form offers.

    Safe to run again: tracks that the form has got since are added, none is taken away.

    Raises:
        WrongState: the activity is of another format.
    """
    activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.format != "symposium":
        raise WrongState(_("“%(activity)s” is not a symposium.") % {"activity": activity})
    symposium, is_new = Symposium.objects.get_or_create(activity=activity)
    added = _add_tracks(symposium)
    if is_new or added:
        record("opened symposium", symposium, by=by, after={"tracks": added})
    return symposium


@transaction.atomic
def set_up_symposium(
    symposium: Symposium,
    *,
    talk_minutes: int,
    session_minutes: int,
    parallel: int,
    wishes_until: datetime | None,
    by: Person | None,
) -> Symposium:
    """Say how long a talk and a session are, how many are held at a time, and until when people wish.

    Raises:
        NotGiven: a talk is longer than a session, or a number is 0.
    """
    symposium = Symposium.objects.select_for_update(of=("self",)).get(pk=symposium.pk)
    if not 0 < talk_minutes <= session_minutes or parallel < 1:
        raise NotGiven(
            _("A session holds at least one talk: give it as many minutes as a talk or more.")
        )
    before = _said(symposium)
    symposium.talk_minutes, symposium.session_minutes = talk_minutes, session_minutes
    symposium.parallel, symposium.wishes_until = parallel, wishes_until
    symposium.save(update_fields=["talk_minutes", "session_minutes", "parallel", "wishes_until"])
    record("set up symposium", symposium, by=by, before=before, after=_said(symposium))
    return symposium


@transaction.atomic
def change_track(
    track: Track, *, names: Mapping[str, str], chair: Person | None, by: Person | None
) -> Track:
    """Name a track in the languages, and say who presides over it.

    Raises:
        NotGiven: it has no name.
    """
    track = Track.objects.select_for_update(of=("self",)).get(pk=track.pk)
    if not names:
        raise NotGiven(_("Name the track in at least one language."))
    before = {"names": track.names, "chair": track.chair_id}
    track.names, track.chair = dict(names), chair
    track.save(update_fields=["names", "chair"])
    record("changed track", track, by=by, before=before, after={"names": names, "chair": chair and chair.pk})  # fmt: skip
    return track


def _add_tracks(symposium: Symposium) -> int:
    """Add the tracks of the form that are not there yet; returns how many."""
    known = set(symposium.tracks.values_list("code", flat=True))
    new = [
        Track(symposium=symposium, code=choice["value"], names=choice["label"])
        for choice in _choices(symposium.activity)
        if choice["value"] not in known
    ]
    Track.objects.bulk_create(new)
    return len(new)


def _choices(activity: Activity) -> list[Mapping[str, Any]]:
    """The tracks as the call asks for them, else as the design would."""
    call = getattr(activity, "call", None)
    form = (call.form if call else None) or design_of(activity).get("form") or {}
    for section in form.get("sections", ()):
        for question in section.get("questions", ()):
            if question.get("key") == TRACK:
                return list(question.get("choices", ()))
    return []


def _said(symposium: Symposium) -> dict[str, Any]:
    return {
        "talk_minutes": symposium.talk_minutes,
        "session_minutes": symposium.session_minutes,
        "parallel": symposium.parallel,
        "wishes_until": symposium.wishes_until,
    }
