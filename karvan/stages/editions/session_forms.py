"""What a person types about a session of an edition's design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.blueprints.document import identity_of
from karvan.stages.blueprints.document.checks.references import SESSION_KINDS

LONGEST_MINUTES, SHORTEST_MINUTES = 720, 5


class Place(forms.TypedChoiceField):
    """The day or the week of an activity, by number."""

    def __init__(self, activity: Mapping[str, Any], **options: Any) -> None:
        duration = activity.get("duration", {})
        by_week = "weeks" in duration
        words = _("Week %(number)s") if by_week else _("Day %(number)s")
        count = int(duration.get("weeks" if by_week else "days") or 1)
        choices = [(number, words % {"number": number}) for number in range(1, count + 1)]
        label = _("Week") if by_week else _("Day")
        super().__init__(label=label, choices=choices, coerce=int, **options)


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It stands beside the departure in every report."),
    )


class MoveSessionForm(forms.Form):
    """Another day or week for a session, and why. Also for one that is taken from the library."""

    reason = _reason()

    def __init__(self, *args: Any, activity: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"place": Place(activity), **self.fields}


class NewSessionForm(forms.Form):
    """A session of the edition's own."""

    id = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$",
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Letters, digits, “-” and “_”. It names the session for ever."),
        widget=forms.TextInput({"dir": "ltr"}),
    )
    title = TextsField(label=gettext_lazy("Title"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES
    )
    room = forms.ChoiceField(label=gettext_lazy("Room"), required=False)
    reason = _reason()

    def __init__(self, *args: Any, activity: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(SESSION_KINDS)
        self.fields["kind"].choices = [(one, one.replace("_", " ")) for one in kinds]  # type: ignore[attr-defined]
        self.fields["room"].choices = [("", "–"), *_rooms(activity)]  # type: ignore[attr-defined]
        fields = dict(self.fields)
        reason = fields.pop("reason")
        self.fields = {**fields, "place": Place(activity), "reason": reason}
        self.by_week = "weeks" in activity.get("duration", {})

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.errors:
            return typed
        reason, place = typed.pop("reason"), typed.pop("place")
        session = {key: value for key, value in typed.items() if value}
        return {"session": {**session, "week" if self.by_week else "day": place}, "reason": reason}


class LibraryForm(forms.Form):
    """Words, a kind and a length to find sessions by."""

    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    at_most = forms.IntegerField(
        label=gettext_lazy("Minutes at most"), required=False, min_value=SHORTEST_MINUTES
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one, one.replace("_", " ")) for one in sorted(SESSION_KINDS)]
        self.fields["kind"].choices = [("", _("any")), *kinds]  # type: ignore[attr-defined]


def _rooms(activity: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    listed = activity.get("rooms", ())
    codes = [(str(identity_of(one)), in_language(one.get("title"))) for one in listed]
    return [(code, f"{title} ({code})" if title else code) for code, title in codes]
