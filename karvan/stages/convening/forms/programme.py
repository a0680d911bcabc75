"""Typed text to values for those who arrange the programme and those who attend."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.foundation.ui.texts_field import TextsField

from ..models import ProgrammeSession, Symposium, Track
from ..queries.symposium_people import people_near
from ..symposium_design import design_of

FIELDS = ("titles", "track", "chair", "chair_name", "speaker", "minutes", "day", "room_kind")


class SessionForm(forms.Form):
    """A session's title, who presides and speaks, its length, day and kind of room."""

    titles = TextsField(label=_("Title"))
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeSession.Kind.choices)
    track = forms.ModelChoiceField(label=_("Track"), queryset=Track.objects.none(), required=False)
    chair = forms.ModelChoiceField(
        label=_("Chair"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Who is chosen here is never in two places at once."),
    )
    chair_name = forms.CharField(
        label=_("Chair who is not in the list"), max_length=150, required=False
    )
    speaker = forms.ModelChoiceField(
        label=_("Speaker of a keynote"), queryset=Person.objects.none(), required=False
    )
    speaker_name = forms.CharField(
        label=_("Speaker who is not in the list"), max_length=150, required=False
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        required=False,
        min_value=5,
        max_value=480,
        help_text=_("Empty: as long as a session of papers, others an hour."),
    )
    day = forms.IntegerField(
        label=_("Day"),
        required=False,
        min_value=1,
        help_text=_("1 is the first day. Empty: on any day."),
    )
    room_kind = forms.ChoiceField(label=_("Kind of room"), required=False)

    def __init__(
        self, *args: Any, of: Symposium, session: ProgrammeSession | None = None, **kwargs: Any
    ) -> None:
        if session is not None:
            kwargs.setdefault("initial", {name: getattr(session, name) for name in FIELDS})
        super().__init__(*args, **kwargs)
        for name in ("chair", "speaker"):
            self.fields[name].queryset = people_near(of)  # type: ignore[attr-defined]
        self.fields["track"].queryset = of.tracks.all()  # type: ignore[attr-defined]
        rooms = design_of(of.activity).get("rooms", ())
        named = [(room["code"], in_language(room.get("title")) or room["code"]) for room in rooms]
        self.fields["room_kind"].choices = [("", _("as its kind needs")), *named]  # type: ignore[attr-defined]
        if session is not None:
            del self.fields["kind"]


class PlaceForm(forms.Form):
    """The session a paper goes to; none takes it out."""

    session = forms.ModelChoiceField(queryset=ProgrammeSession.objects.none(), required=False)

    def __init__(self, *args: Any, of: Symposium, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = of.sessions.all()  # type: ignore[attr-defined]


class WishForm(forms.Form):
    """The papers somebody wants to hear."""

    papers = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, offered: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = [(pk, pk) for pk in offered]  # type: ignore[attr-defined]
