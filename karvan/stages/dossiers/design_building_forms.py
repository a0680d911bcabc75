"""Turn what a person typed about alternatives and build steps into values a service can take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .decision_matrix import CRITERIA, HEAVIEST, MARKS
from .design_fields import FigureField, LinesField
from .models import Dossier, PartLine


class AlternativeForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    description = forms.CharField(
        label=gettext_lazy("Description"), widget=forms.Textarea({"rows": 3}), required=False
    )
    is_baseline = forms.BooleanField(
        label=gettext_lazy("This is the device as it is"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion, label in CRITERIA.items():
            self.fields[f"mark_{criterion}"] = forms.TypedChoiceField(
                label=str(label),
                coerce=int,
                empty_value=None,
                choices=[("", "–"), *((mark, str(mark)) for mark in MARKS)],
                required=False,
                help_text=gettext_lazy("0 does not do, 4 could not be better."),
            )

    def values(self) -> dict[str, Any]:
        """What was typed as the service takes it; marks not given are left out."""
        typed = self.cleaned_data
        marks = {criterion: typed[f"mark_{criterion}"] for criterion in CRITERIA}
        return {
            "title": typed["title"],
            "description": typed["description"],
            "is_baseline": typed["is_baseline"],
            "scores": {name: mark for name, mark in marks.items() if mark is not None},
        }


class WeightsForm(forms.Form):
    def __init__(self, *args: Any, weights: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion, label in CRITERIA.items():
            self.fields[criterion] = forms.IntegerField(
                label=str(label), min_value=0, max_value=HEAVIEST, initial=weights[criterion]
            )


class ChoiceForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is chosen"), widget=forms.Textarea({"rows": 3})
    )


class BuildStepForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=150)
    text = forms.CharField(
        label=gettext_lazy("What to do"), widget=forms.Textarea({"rows": 5}), required=False
    )
    tools = LinesField(
        label=gettext_lazy("Tools"), required=False, help_text=gettext_lazy("One a line.")
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=1, max_value=6000, required=False
    )
    check_text = forms.CharField(
        label=gettext_lazy("How to see that it is right"), max_length=300, required=False
    )
    produces = forms.CharField(label=gettext_lazy("What comes out"), max_length=150, required=False)


class PartUseForm(forms.Form):
    part = forms.ModelChoiceField(label=gettext_lazy("Part"), queryset=PartLine.objects.none())
    quantity = FigureField(
        label=gettext_lazy("Quantity"),
        max_digits=14,
        decimal_places=4,
        min_value=0,
        help_text=gettext_lazy("In the unit of the bill of materials."),
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = dossier.part_lines.all()  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    to = forms.IntegerField(label=gettext_lazy("Number"), min_value=1)
