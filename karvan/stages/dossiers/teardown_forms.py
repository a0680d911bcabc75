"""Forms of teardown steps and of the words beside photographs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .errors import NotGiven
from .models import Dossier, TeardownStep
from .services.teardown import seen_of
from .services.teardown_said import BULLETS, IN, OUT, Fastener, Line, StepSaid
from .teardown_queries import blocks_of, parts_of

LEVELS = [
    (0, pgettext_lazy("indent of a line", "at the edge")),
    (1, pgettext_lazy("indent of a line", "one in")),
    (2, pgettext_lazy("indent of a line", "two in")),
]
MOVES = [
    (OUT, pgettext_lazy("fastener", "comes out")),
    (IN, pgettext_lazy("fastener", "goes back")),
]


class LineForm(forms.Form):
    """One line of a step; a row without a text is no line."""

    text = forms.CharField(
        label=_("Text"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    bullet = forms.ChoiceField(
        label=_("Bullet"), choices=lambda: list(BULLETS.items()), initial="black"
    )
    level = forms.TypedChoiceField(label=_("Indent"), choices=LEVELS, coerce=int, initial=0)


class FastenerForm(forms.Form):
    """So many fasteners of one type out or in; a row without a type is none."""

    type = forms.CharField(
        label=_("Fastener"), max_length=80, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=999, required=False)
    move = forms.ChoiceField(label=_("Move"), choices=MOVES, initial=OUT)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("type", "").strip() and not typed.get("count"):
            self.add_error("count", _("Say how many."))
        if typed.get("count") and not typed.get("type", "").strip():
            self.add_error("type", _("Say which fastener, such as “M3 × 8 screw”."))
        return typed


LineSet = formset_factory(LineForm, extra=3, max_num=60)
FastenerSet = formset_factory(FastenerForm, extra=2, max_num=30)


class StepForm(forms.Form):
    """Everything of one step, with its lines and fasteners as rows under it."""

    title = forms.CharField(
        label=_("Title"), max_length=150, widget=forms.TextInput({"dir": "auto"})
    )
    direction = forms.ChoiceField(
        label=_("What is done"), choices=TeardownStep.Direction.choices, initial="remove"
    )
    minutes = forms.IntegerField(
        label=_("Minutes it takes"), min_value=0, max_value=9999, required=False
    )
    tools = forms.CharField(
        label=_("Tools"),
        help_text=_("One a line."),
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    risk_note = forms.CharField(
        label=_("Risk"),
        help_text=_("What can hurt somebody or break, and what to do about it."),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    fasteners_note = forms.CharField(
        label=_("Why a fastener stays out"),
        help_text=_("Needed in the end for every type of which not all went back."),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    reversible = forms.BooleanField(label=_("Can be undone"), required=False, initial=True)
    blocks = forms.TypedMultipleChoiceField(
        label=_("Blocks it shows"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    parts = forms.TypedMultipleChoiceField(
        label=_("Parts it takes out or shows"),
        coerce=int,
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, dossier: Dossier, step: TeardownStep | None = None
    ) -> None:
        super().__init__(data, initial=_initial(step) if step else None)
        self.fields["blocks"].choices = [(one.pk, one.name) for one in blocks_of(dossier)]  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(one.pk, str(one)) for one in parts_of(dossier)]  # type: ignore[attr-defined]
        for name in ("blocks", "parts"):
            if not self.fields[name].choices:  # type: ignore[attr-defined]
                del self.fields[name]
        # What was sent is compared with nothing: the step may have changed since it was shown.
        lines = step.lines if step and data is None else []
        fasteners = step.fasteners if step and data is None else []
        self.lines: BaseFormSet[Any] = LineSet(data, prefix="line", initial=lines)
        self.fasteners: BaseFormSet[Any] = FastenerSet(data, prefix="fastener", initial=fasteners)

    def is_valid(self) -> bool:
        rows = [self.lines.is_valid(), self.fasteners.is_valid()]
        return super().is_valid() and all(rows)

    @property
    def is_wrong(self) -> bool:
        """True where something sent has to be put right, here or in a row."""
        return bool(
            self.is_bound
            and (self.errors or not self.lines.is_valid() or not self.fasteners.is_valid())
        )

    def said(self) -> StepSaid:
        """What ``add_step`` and ``change_step`` take."""
        typed = self.cleaned_data
        return StepSaid(
            title=typed["title"],
            direction=typed["direction"],
            lines=tuple(
                Line(row["text"], row["bullet"], row["level"])
                for row in self.lines.cleaned_data
                if row.get("text", "").strip()
            ),
            tools=tuple(typed["tools"].splitlines()),
            fasteners=tuple(
                Fastener(row["type"].strip(), row["count"], row["move"])
                for row in self.fasteners.cleaned_data
                if row.get("type", "").strip()
            ),
            fasteners_note=typed["fasteners_note"],
            minutes=typed["minutes"],
            risk_note=typed["risk_note"],
            reversible=typed["reversible"],
            blocks=tuple(typed.get("blocks", ())),
            parts=tuple(typed.get("parts", ())),
        )


class QuickStepForm(forms.Form):
    """A step in three fields, as it is written at the bench; the rest is added later."""

    title = forms.CharField(
        label=_("Title"), max_length=150, widget=forms.TextInput({"dir": "auto"})
    )
    direction = forms.ChoiceField(
        label=_("What is done"), choices=TeardownStep.Direction.choices, initial="remove"
    )
    text = forms.CharField(
        label=_("What to do"),
        help_text=_("A line for each thing."),
        required=False,
        max_length=8000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def said(self) -> StepSaid:
        """What ``add_step`` takes."""
        typed = self.cleaned_data
        lines = [line.strip() for line in typed["text"].splitlines()]
        return StepSaid(
            title=typed["title"],
            direction=typed["direction"],
            lines=tuple(Line(line) for line in lines if line),
        )


class PhotoWordsForm(forms.Form):
    """What a photograph shows."""

    caption = forms.CharField(
        label=_("What it shows"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    orientation = forms.CharField(
        label=_("Seen from"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    scale_bar = forms.BooleanField(label=_("A scale lies in the picture"), required=False)


def key_of(text: str) -> UUID | None:
    """The key a telephone sent along, None where it sent none.

    Raises:
        NotGiven: what it sent is no key.
    """
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotGiven(_("The key that came with this is damaged. Send it again.")) from None


def _initial(step: TeardownStep) -> dict[str, Any]:
    return {
        "title": step.title,
        "direction": step.direction,
        "minutes": step.minutes,
        "tools": "\n".join(step.tools),
        "risk_note": step.risk_note,
        "fasteners_note": step.fasteners_note,
        "reversible": step.reversible,
        "blocks": [one.pk for one in step.blocks.all()],
        "parts": [one.pk for one in step.parts.all()],
        "seen": seen_of(step),
    }
