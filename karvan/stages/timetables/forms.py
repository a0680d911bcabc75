"""Typed text to values for the acts on timetables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.editions.models import Room

from . import access
from .models import Group, Placement, Trainer


class GroupsForm(forms.Form):
    """How large each group is, one number after the other."""

    sizes = forms.CharField(
        label=gettext_lazy("People in each group"),
        help_text=gettext_lazy("One number for each group, such as: 20 20 18"),
        max_length=120,
    )

    def clean_sizes(self) -> list[int]:
        words = self.cleaned_data["sizes"].replace(",", " ").replace("،", " ").split()
        if not words or not all(word.isdecimal() for word in words):
            raise forms.ValidationError(_("Write whole numbers, with a space between them."))
        return [int(word) for word in words]


class TrainerForm(forms.Form):
    """Roles and days of a trainer."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), widget=forms.CheckboxSelectMultiple
    )
    present_from = forms.DateField(
        label=gettext_lazy("There from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    present_to = forms.DateField(
        label=gettext_lazy("There until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    most_minutes_a_day = forms.IntegerField(
        label=gettext_lazy("Most minutes a day"), min_value=1, max_value=1440, initial=480
    )
    most_minutes_a_week = forms.IntegerField(
        label=gettext_lazy("Most minutes a week"), min_value=1, max_value=10_080, required=False
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("In which the trainer can teach. None ticked: nobody has asked."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    travels = forms.BooleanField(
        label=gettext_lazy("Comes from elsewhere"),
        help_text=gettext_lazy("The days between the first session and the last are kept few."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        roles: Iterable[tuple[str, str]],
        languages: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("roles", roles), ("languages", languages)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices)


class GroupForm(forms.Form):
    """The languages of a group, and the groups that share people with it."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        help_text=gettext_lazy("Any one of them will do. None ticked: those of the edition."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    shares_with: forms.ModelMultipleChoiceField[Group] = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Shares people with"),
        help_text=gettext_lazy("Groups with people in common never sit at the same time."),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        groups: QuerySet[Group],
        languages: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        spoken, shared = self.fields["languages"], self.fields["shares_with"]
        assert isinstance(spoken, forms.MultipleChoiceField)
        assert isinstance(shared, forms.ModelMultipleChoiceField)
        spoken.choices = list(languages)
        shared.queryset = groups
        if not groups.exists():
            del self.fields["shares_with"]

    def values(self) -> dict[str, Any]:
        """What the act takes."""
        shared = self.cleaned_data.get("shares_with", ())
        return {"languages": self.cleaned_data["languages"], "shares_with": list(shared)}


class TravelForm(forms.Form):
    """Minutes between each two cities of an edition's venues."""

    def __init__(self, *args: Any, pairs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs = {f"pair_{number}": pair for number, pair in enumerate(pairs)}
        for name, (one, other) in self.pairs.items():
            self.fields[name] = forms.IntegerField(
                label=f"{one} – {other}", min_value=1, max_value=1440, required=False
            )

    def minutes(self) -> dict[tuple[str, str], int | None]:
        """Pair of cities → minutes, None where nothing was typed."""
        return {pair: self.cleaned_data.get(name) for name, pair in self.pairs.items()}


class NewTrainerForm(TrainerForm):
    """The same for somebody who is found by the e-mail address."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Of somebody who is in the register of persons."),
    )
    field_order = ("email", "roles")

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        email = typed.pop("email", "")
        person: Person | None = access.person_to_add(email) if email else None
        if email and person is None:
            self.add_error("email", _("Nobody here has this address. Register the person first."))
        return {**typed, "person": person}


class MoveForm(forms.Form):
    """Another time and room for a session."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)

    def __init__(self, *args: Any, rooms: Sequence[Room], time_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rooms = {str(room.pk): room for room in rooms}
        self.zone = ZoneInfo(time_zone)
        field = self.fields["room"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("no room")),
            *((key, str(room)) for key, room in self.rooms.items()),
        ]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if "on" not in typed or "at" not in typed:
            return typed
        starts_at = datetime.combine(typed["on"], typed["at"], self.zone)
        return {"starts_at": starts_at, "room": self.rooms.get(typed.get("room", ""))}


class CancelForm(forms.Form):
    """Why a session is cancelled."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody who would have been there reads it."),
        max_length=300,
    )


class PreferredForm(forms.Form):
    """When a session had better begin: up to two stretches of the day, each from and until."""

    STRETCHES = (1, 2)

    def __init__(self, *args: Any, preferred: Sequence[Sequence[int]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in self.STRETCHES:
            held = preferred[number - 1] if len(preferred) >= number else None
            for place, (end, words) in enumerate(
                (("from", _("Begins best from")), ("until", _("until")))
            ):
                self.fields[f"{end}_{number}"] = forms.TimeField(
                    label=words,
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                    initial=_clock(held[place]) if held else None,
                )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        preferred = []
        for number in self.STRETCHES:
            first, last = (typed.get(f"{end}_{number}") for end in ("from", "until"))
            if first and last:
                preferred.append([one.hour * 60 + one.minute for one in (first, last)])
            elif (first or last) and not self.errors:
                self.add_error(
                    f"until_{number}", _("A stretch has both ends: from when and until when.")
                )
        return {"preferred": preferred}


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


class TeachingForm(forms.Form):
    """Who teaches a session, by role."""

    def __init__(
        self,
        *args: Any,
        choices: Mapping[str, Sequence[tuple[Trainer, Sequence[str]]]],
        titles: Mapping[str, str],
        present: Placement,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.roles = list(choices)
        self.trainers = {str(one.pk): one for listed in choices.values() for one, _why in listed}
        there = {str(one.pk) for one in present.trainers.all()}
        for number, (role, listed) in enumerate(choices.items()):
            noted = set(map(str, present.roles.get(role, ())))
            self.fields[f"role_{number}"] = forms.MultipleChoiceField(
                label=titles.get(role, role),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text=self._wanted(present.session.trainer_roles[role]),
                choices=[(str(one.pk), self._words(one, why)) for one, why in listed],
                initial=sorted((noted & there) or (there if not present.roles else set())),
            )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        return {
            "roles": {
                role: [self.trainers[key] for key in typed.get(f"role_{number}", ())]
                for number, role in enumerate(self.roles)
            }
        }

    @staticmethod
    def _wanted(many: int) -> str:
        said = ngettext("The design asks for %(count)s.", "The design asks for %(count)s.", many)
        return said % {"count": formats.number(many)}

    @staticmethod
    def _words(trainer: Trainer, why_not: Sequence[str]) -> str:
        if not why_not:
            return str(trainer)
        return _("%(trainer)s: %(why)s") % {"trainer": trainer, "why": " ".join(why_not)}
