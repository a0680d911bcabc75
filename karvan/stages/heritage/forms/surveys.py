"""Turn what a person typed about a monument's condition into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from karvan.foundation.people.models import Party
from karvan.stages.dossiers.design_fields import FigureField

from ..models import ConditionSurvey, Element, Monument
from ..surveys_risk import SEVERITIES
from ..surveys_rules import CERTAINTIES
from .surveys_fields import CodeField, TermField

_DATE = {"type": "date"}
_OPEN = _("say later")


class HeadForm(forms.Form):
    """The head of a survey."""

    on = forms.DateField(label=_("Date"), widget=forms.DateInput(_DATE, format="%Y-%m-%d"))
    condition = forms.ChoiceField(
        label=_("Overall class"), choices=ConditionSurvey.Condition.choices
    )
    extent = CodeField("extent", empty=_OPEN, label=_("How far the damage goes"), required=False)
    trend = forms.ChoiceField(label=_("Trend"), choices=ConditionSurvey.Trend.choices)
    certainty = forms.ChoiceField(
        label=_("How sure this is"), choices=[("", _OPEN), *CERTAINTIES], required=False
    )
    method = forms.ChoiceField(
        label=pgettext_lazy("survey", "Method"), choices=ConditionSurvey.Method.choices
    )
    surveyor_party = forms.ModelChoiceField(
        label=_("For which party you survey"),
        queryset=Party.objects.none(),
        required=False,
        empty_label=_("none"),
        help_text=_("After a restoration a better class needs another party than the contractor."),
    )
    surveyor_name = forms.CharField(
        label=_("Made by, where it was somebody else"), max_length=150, required=False
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea({"rows": 3, "dir": "auto"}), required=False
    )
    next_due_on = forms.DateField(
        label=_("Next survey due"),
        widget=forms.DateInput(_DATE, format="%Y-%m-%d"),
        required=False,
        help_text=_("Left empty, it follows from the class when you sign."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "head_%s"
        self.fields["surveyor_party"].queryset = Party.objects.all()  # type: ignore[attr-defined]


class _OfMonument(forms.Form):
    """A form with a choice among the parts of a monument; ``ids`` tells its fields' ids apart."""

    ids = "part_%s"

    element = forms.ModelChoiceField(
        label=_("Part of the monument"),
        queryset=Element.objects.none(),
        required=False,
        empty_label=_("the whole"),
    )

    def __init__(self, *args: Any, monument: Monument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = self.ids
        self.fields["element"].queryset = monument.elements.all()  # type: ignore[attr-defined]


class DamageForm(_OfMonument):
    """One damage, typed at the monument."""

    ids = "damage_%s"

    pattern = TermField(
        "pattern", label=_("Damage"), help_text=_("Begin to type: crack, flaking, moss, شق …")
    )
    extent_percent = forms.IntegerField(
        label=_("How much of the part, per cent"), min_value=0, max_value=100, required=False
    )
    severity = forms.TypedChoiceField(
        label=_("Severity"),
        coerce=int,
        empty_value=None,
        choices=[("", _("not known")), *SEVERITIES.items()],
        required=False,
    )
    cause = TermField("cause", label=_("Likely cause"), required=False)
    cause_certainty = forms.ChoiceField(
        label=_("How sure the cause is"), choices=[("", _OPEN), *CERTAINTIES], required=False
    )
    crack_mm = FigureField(
        label=_("Width of a crack, mm"), max_digits=7, decimal_places=2, required=False
    )
    moisture_percent = FigureField(
        label=_("Moisture, per cent"), max_digits=5, decimal_places=1, required=False
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.TextInput({"dir": "auto"})
    )
    photo = forms.FileField(
        label=_("Photograph"),
        required=False,
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"}),
    )

    field_order = ("pattern", "element")


class ThreatForm(forms.Form):
    """What may yet harm the monument."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "threat_%s"

    category = TermField("threat", label=_("Threat"))
    cause = TermField("cause", label=_("Likely cause"), required=False)
    probability = CodeField("probability", label=_("Probability"))
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, widget=forms.TextInput({"dir": "auto"})
    )


class AdviceForm(_OfMonument):
    """What should be done, how soon."""

    ids = "advice_%s"

    kind = TermField("recommendation", label=_("Recommendation"))
    priority = CodeField("priority", label=_("Priority"))
    text = forms.CharField(
        label=_("In words"), widget=forms.Textarea({"rows": 2, "dir": "auto"}), required=False
    )

    field_order = ("kind", "element")
