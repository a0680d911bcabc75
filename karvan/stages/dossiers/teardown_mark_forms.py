"""The rows in which marks on a photograph are typed; the script that draws writes into them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .models import Annotation, StepPhoto
from .services.annotating import MarkSaid
from .services.teardown_said import BULLETS, COLOURS
from .teardown_queries import blocks_of, parts_of

Pairs = tuple[tuple[float, float], ...]


class PlacesField(forms.CharField):
    """Corners of an outline: "0.1,0.2 0.4,0.2 0.4,0.6"."""

    def to_python(self, value: Any) -> Any:
        try:
            return tuple(_pair(one) for one in (super().to_python(value) or "").split())
        except ValueError:
            raise forms.ValidationError(
                _now("Write each corner as two numbers from 0 to 1: “0.1,0.2 0.4,0.2 0.4,0.6”.")
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "").split() != (data or "").split()


class ShareField(forms.FloatField):
    """A share of the picture's width or height, from the start or top edge."""

    def __init__(self, label: Any, least: float = 0.0, **more: Any) -> None:
        widget = forms.NumberInput({"step": "any", "dir": "ltr", "inputmode": "decimal"})
        super().__init__(label=label, min_value=least, max_value=1.0, widget=widget, **more)


class MarkForm(forms.Form):
    """One mark."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999, required=False)
    shape = forms.ChoiceField(label=_("Shape"), choices=Annotation.Shape.choices, initial="point")
    colour = forms.ChoiceField(
        label=_("Colour"),
        choices=lambda: [(code, BULLETS[code]) for code in COLOURS],
        initial="red",
    )
    label = forms.CharField(
        label=_("Label"), max_length=120, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    line = forms.TypedChoiceField(label=_("Line"), coerce=int, empty_value=None, required=False)
    block = forms.TypedChoiceField(label=_("Block"), coerce=int, empty_value=None, required=False)
    part = forms.TypedChoiceField(
        label=_("Part of the device"), coerce=int, empty_value=None, required=False
    )
    x = ShareField(_("From the left"))
    y = ShareField(_("From the top"))
    w = ShareField(_("Width, or across to the arrow's head"), least=-1.0, required=False)
    h = ShareField(_("Height, or down to the arrow's head"), least=-1.0, required=False)
    points = PlacesField(
        label=_("Corners of an outline"),
        max_length=2000,
        required=False,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, photo: StepPhoto, **more: Any) -> None:
        super().__init__(*args, **more)
        lines = [(n, one["text"][:60]) for n, one in enumerate(photo.step.lines)]
        choices = {
            "line": lines,
            "block": [(one.pk, one.name) for one in blocks_of(photo.step.dossier)],
            "part": [(one.pk, str(one)) for one in parts_of(photo.step.dossier)],
        }
        for name, listed in choices.items():
            self.fields[name].choices = [("", "–"), *listed]  # type: ignore[attr-defined]

    def said(self) -> MarkSaid:
        """What ``annotate_photo`` takes."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        return MarkSaid(**{**typed, "w": typed["w"] or 0.0, "h": typed["h"] or 0.0})


class MarkSet(formset_factory(MarkForm, extra=1, max_num=60, can_delete=True)):  # type: ignore[misc]
    """All marks of a photograph; an empty row is no mark."""

    def __init__(self, data: Any = None, *, photo: StepPhoto, marks: Iterable[Annotation]) -> None:
        super().__init__(
            data,
            prefix="mark",
            initial=[_initial(one) for one in marks] if data is None else [],
            form_kwargs={"photo": photo},
        )

    def said(self: BaseFormSet[Any]) -> dict[str, Any]:
        """What ``annotate_photo`` takes: the marks that stay or are new, and those taken away."""
        rows = [form for form in self.forms if form.cleaned_data.get("shape")]
        gone = [form for form in rows if form.cleaned_data.get("DELETE")]
        return {
            "marks": [form.said() for form in rows if form not in gone],
            "removed": [form.cleaned_data["key"] for form in gone if form.cleaned_data["key"]],
        }

    def wrong(self: BaseFormSet[Any]) -> list[str]:
        """What has to be put right, each with the row it stands in."""
        return [
            _now("Mark in row %(row)s, %(field)s: %(error)s")
            % {
                "row": row,
                "field": form.fields[name].label if name in form.fields else "",
                "error": " ".join(errors),
            }
            for row, form in enumerate(self.forms, 1)
            for name, errors in form.errors.items()
        ]


def _initial(one: Annotation) -> dict[str, Any]:
    plain = ("number", "shape", "colour", "label", "line", "x", "y", "w", "h", "key")
    return {
        **{name: getattr(one, name) for name in plain},
        "block": one.block_id,
        "part": one.part_id,
        "points": " ".join(f"{x:g},{y:g}" for x, y in one.points),
    }


def _pair(text: str) -> tuple[float, float]:
    x, y = (float(one) for one in text.split(","))
    return x, y
