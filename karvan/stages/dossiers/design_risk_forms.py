"""Turn what a person typed about risks into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .models import Dossier, Requirement, Risk, RiskControl, TestCase
from .risk_matrix import LEVELS, PROBABILITIES, SEVERITIES, ZONES, Cells


def _level(label: Any, words: Any, **options: Any) -> forms.TypedChoiceField:
    choices: list[tuple[Any, str]] = [(level, f"{level} {words[level]}") for level in LEVELS]
    if not options.get("required", True):
        choices.insert(0, ("", "–"))
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, choices=choices, **options
    )


class RiskForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=20)
    hazard = forms.ChoiceField(label=gettext_lazy("Hazard"), choices=Risk.Hazard.choices)
    sequence = forms.CharField(
        label=gettext_lazy("Sequence of events"),
        widget=forms.Textarea({"rows": 2}),
        required=False,
        help_text=gettext_lazy("What happens, one after the other, until somebody is exposed."),
    )
    situation = forms.CharField(
        label=gettext_lazy("Hazardous situation"), widget=forms.Textarea({"rows": 2})
    )
    harm = forms.CharField(label=gettext_lazy("Harm"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["severity"] = _level(gettext_lazy("Severity"), SEVERITIES)
        self.fields["probability"] = _level(gettext_lazy("Probability of the harm"), PROBABILITIES)
        for name, label in (
            ("p1", gettext_lazy("P1: the situation arises")),
            ("p2", gettext_lazy("P2: it leads to harm")),
        ):
            self.fields[name] = _level(label, PROBABILITIES, required=False)


class ControlForm(forms.Form):
    option = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=RiskControl.Option.choices,
        help_text=gettext_lazy("In this order: design it out, guard against it, warn of it."),
    )
    text = forms.CharField(label=gettext_lazy("What is done"), max_length=300)
    requirement = forms.ModelChoiceField(
        label=gettext_lazy("Requirement that asks for it"),
        queryset=Requirement.objects.none(),
        required=False,
    )
    test = forms.ModelChoiceField(
        label=gettext_lazy("Test that shows it"), queryset=TestCase.objects.none(), required=False
    )
    analysis = forms.CharField(
        label=gettext_lazy("Analysis, where no test can show it"),
        widget=forms.Textarea({"rows": 2}),
        required=False,
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirement"].queryset = dossier.requirements.all()  # type: ignore[attr-defined]
        self.fields["test"].queryset = dossier.test_cases.all()  # type: ignore[attr-defined]


class JudgementForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["residual_severity"] = _level(gettext_lazy("Severity that remains"), SEVERITIES)
        self.fields["residual_probability"] = _level(
            gettext_lazy("Probability that remains"), PROBABILITIES
        )
        self.fields["acceptable"] = forms.ChoiceField(
            label=gettext_lazy("Judged"), choices=Risk.Acceptable.choices
        )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("Reason"),
            widget=forms.Textarea({"rows": 2}),
            required=False,
            help_text=gettext_lazy("Asked for where the benefit outweighs what remains."),
        )


class LimitsForm(forms.Form):
    """One choice a cell; ``rows`` gives them from the greatest severity down."""

    def __init__(self, *args: Any, cells: Cells, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for severity in LEVELS:
            for probability in LEVELS:
                self.fields[f"cell_{severity}_{probability}"] = forms.ChoiceField(
                    label=f"{severity} × {probability}",
                    choices=list(ZONES.items()),
                    initial=cells[severity - 1][probability - 1],
                )

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The cells as they stand in the matrix, with the words of each severity."""
        return [
            (
                f"{severity} {SEVERITIES[severity]}",
                [self[f"cell_{severity}_{probability}"] for probability in LEVELS],
            )
            for severity in reversed(LEVELS)
        ]

    def cells(self) -> list[list[str]]:
        """The cells as typed, row by row of severity 1 to 5."""
        return [
            [self.cleaned_data[f"cell_{severity}_{probability}"] for probability in LEVELS]
            for severity in LEVELS
        ]
