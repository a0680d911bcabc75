"""The rows in which marks on a photograph of damage are typed; the drawing script writes into them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from karvan.stages.dossiers.services.teardown_said import BULLETS, COLOURS
from karvan.stages.dossiers.teardown_mark_forms import PlacesField, ShareField

SHAPES = (
    ("point", _("Point")),
    ("box", _("Box")),
    ("arrow", _("Arrow")),
    ("polygon", _("Outline")),
)
PLACES = ("x", "y", "w", "h", "points")


class DamageMarkForm(forms.Form):
    """One mark."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999, required=False)
    shape = forms.ChoiceField(label=_("Shape"), choices=SHAPES, initial="point")
    colour = forms.ChoiceField(
        label=_("Colour"),
        choices=lambda: [(code, BULLETS[code]) for code in COLOURS],
        initial="red",
    )
    label = forms.CharField(
        label=_("Label"), max_length=120, required=False, widget=forms.TextInput({"dir": "auto"})
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

    def said(self) -> dict[str, Any]:
        """What ``mark_damage`` takes."""
        typed = self.cleaned_data
        return {
            "shape": typed["shape"],
            "colour": typed["colour"],
            "label": typed["label"].strip(),
            "x": typed["x"],
            "y": typed["y"],
            "w": typed["w"] or 0.0,
            "h": typed["h"] or 0.0,
            "points": [list(point) for point in typed["points"]],
        }


class DamageMarkSet(formset_factory(DamageMarkForm, extra=1, max_num=30, can_delete=True)):  # type: ignore[misc]
    """All marks of a photograph; an empty row is no mark."""

    def __init__(self, data: Any = None, *, marks: Iterable[Mapping[str, Any]]) -> None:
        initial = [_initial(one) for one in marks] if data is None else []
        super().__init__(data, prefix="mark", initial=initial)

    def said(self: BaseFormSet[Any]) -> list[dict[str, Any]]:
        """The marks that stay or are new, in their order."""
        rows = [form for form in self.forms if form.cleaned_data.get("shape")]
        return [form.said() for form in rows if not form.cleaned_data.get("DELETE")]

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


def _initial(one: Mapping[str, Any]) -> dict[str, Any]:
    points = " ".join(f"{x:g},{y:g}" for x, y in one.get("points", ()))
    return {**one, "points": points}
