"""Typed text to values for a team's year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.places.models import Country
from karvan.stages.editions.models import Edition

from .models import Rollout, RolloutStop
from .rollout_quarters import quarter_in_words, quarters_between

QUARTER = "quarter "
MOST_MONEY = 2_000_000_000


def _date(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class YearForm(forms.Form):
    """The year as a whole."""

    team = forms.CharField(label=gettext_lazy("Team"), max_length=120)
    day_from = _date(gettext_lazy("From"))
    day_to = _date(gettext_lazy("Until"))
    home = forms.ModelChoiceField(
        label=gettext_lazy("The team's home"), queryset=Country.objects.none(), required=False
    )
    handover_days = forms.IntegerField(
        label=gettext_lazy("Days for the handover between two editions"),
        min_value=0,
        max_value=90,
        initial=3,
    )

    def __init__(self, *args: Any, homes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["home"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = homes

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = typed.get("day_from"), typed.get("day_to")
        if first and last and last <= first:
            self.add_error("day_to", _("The year must end after it begins."))
        return typed


class NewYearForm(YearForm):
    """The same, with the editions on the way."""

    editions = forms.MultipleChoiceField(
        label=gettext_lazy("Editions on the way"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, listed: Sequence[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {str(one.pk): one for one in listed}
        field = self.fields["editions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{one.country} · {one.code}") for key, one in self.listed.items()]
        field.initial = [key for key, one in self.listed.items() if one.state not in ENDED]

    def clean_editions(self) -> list[Edition]:
        return [self.listed[key] for key in self.cleaned_data["editions"]]


ENDED = (Edition.State.CLOSED, Edition.State.CANCELLED)


class PlanForm(YearForm):
    """The same for a year that is there, with what each quarter may cost."""

    def __init__(self, *args: Any, rollout: Rollout, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "team": rollout.team,
            "day_from": rollout.day_from,
            "day_to": rollout.day_to,
            "home": rollout.home_id,
            "handover_days": rollout.handover_days,
        }
        super().__init__(*args, **kwargs)
        self.keys = quarters_between(rollout.day_from, rollout.day_to)
        for key in self.keys:
            self.fields[QUARTER + key] = forms.IntegerField(
                label=_("Most to be spent in %(quarter)s, in %(currency)s")
                % {"quarter": quarter_in_words(key), "currency": rollout.programme.currency},
                min_value=0,
                max_value=MOST_MONEY,
                required=False,
                initial=rollout.quarters.get(key),
            )

    def settings(self) -> dict[str, Any]:
        """What the act takes."""
        typed = self.cleaned_data
        sums = {key: typed.get(QUARTER + key) for key in self.keys}
        plain = {name: value for name, value in typed.items() if not name.startswith(QUARTER)}
        return {**plain, "quarters": {key: sum_ for key, sum_ in sums.items() if sum_ is not None}}


class StopForm(forms.Form):
    """One row of the table; each field is named with its country for those who listen."""

    days = forms.IntegerField(label=gettext_lazy("Days there"), min_value=1, max_value=365)
    ready_from = _date(gettext_lazy("Ready from"), required=False)
    done_by = _date(gettext_lazy("To be over by"), required=False)
    visa_days = forms.IntegerField(
        label=gettext_lazy("Days a visa takes"), min_value=0, max_value=365
    )
    amount = forms.IntegerField(label=gettext_lazy("Cost"), min_value=0, max_value=MOST_MONEY)
    weight = forms.IntegerField(
        label=gettext_lazy("How much it matters to come early"), min_value=0, max_value=1000
    )
    fixed_on = _date(gettext_lazy("Fixed to begin on"), required=False)

    def __init__(self, *args: Any, stop: RolloutStop, **kwargs: Any) -> None:
        self.stop = stop
        names = list(self.base_fields)
        kwargs["initial"] = {name: getattr(stop, name) for name in names}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            label = _("%(country)s: %(field)s") % {
                "country": stop.edition.country,
                "field": field.label,
            }
            field.widget.attrs["aria-label"] = label
