"""Turn what a person typed about tests and their runs into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from .design_fields import FigureField
from .models import Dossier, Instrument, Requirement, TestCase
from .services.trials import TYPED, has_limits


class CaseForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=20)
    title = forms.CharField(label=gettext_lazy("What is tried"), max_length=200)
    clause = forms.CharField(
        label=gettext_lazy("Clause of a standard"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Its number only; the text of a standard is not copied."),
    )
    setup = forms.CharField(
        label=gettext_lazy("Set-up"), widget=forms.Textarea({"rows": 2}), required=False
    )
    procedure = forms.CharField(
        label=gettext_lazy("Procedure"), widget=forms.Textarea({"rows": 3}), required=False
    )
    limit_low = FigureField(label=gettext_lazy("Not below"), required=False)
    limit_high = FigureField(label=gettext_lazy("Not above"), required=False)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=24, required=False)
    decision_rule = forms.ChoiceField(
        label=gettext_lazy("Decided"),
        choices=TestCase.Rule.choices,
        initial=TestCase.Rule.GUARD_BAND,
        help_text=gettext_lazy(
            "Guard band: it passes only if the value with its whole uncertainty keeps the limits."
        ),
    )
    requirements = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Requirements it shows"),
        queryset=Requirement.objects.none(),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
    )

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirements"].queryset = dossier.requirements.all()  # type: ignore[attr-defined]
        if not dossier.requirements.exists():
            del self.fields["requirements"]


class RunForm(forms.Form):
    """A run: value and uncertainty where the test has limits, else the result with what was seen."""

    value = FigureField(label=gettext_lazy("Value"))
    expanded_uncertainty = FigureField(
        label=gettext_lazy("Expanded uncertainty U"), required=False, min_value=0
    )
    result = forms.ChoiceField(
        label=gettext_lazy("Result"), choices=[(one.value, one.label) for one in TYPED]
    )
    observed = forms.CharField(
        label=gettext_lazy("What was observed"), widget=forms.Textarea({"rows": 2})
    )
    instrument = forms.ModelChoiceField(
        label=gettext_lazy("Instrument"), queryset=Instrument.objects.none(), required=False
    )
    version = forms.CharField(
        label=gettext_lazy("Version tried"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Of the design or the prototype, such as 0.3.0."),
    )

    def __init__(self, *args: Any, case: TestCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        instruments = Instrument.objects.filter(activity_id=case.dossier.activity_id)
        self.fields["instrument"].queryset = instruments  # type: ignore[attr-defined]
        if has_limits(case):
            del self.fields["result"]
            self.fields["observed"].required = False
            if case.decision_rule == TestCase.Rule.GUARD_BAND:
                self.fields["expanded_uncertainty"].required = True
        else:
            del self.fields["value"], self.fields["expanded_uncertainty"]
