"""Turn what a person sent and answered about signals into values a service can take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.base import File
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .measuring_forms import NumberField
from .models import Block, Instrument, SignalCapture

ACCEPTED = ".csv,.tsv,.txt,.hea,.dat,.mat,.atr,.qrs,.edf,.bdf,.sr,.vcd,.wav"
TIME_UNITS = ("s", "ms", "µs", "ns", "min", "h")


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several: a WFDB record is its header and what the header names."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return [super(ManyFilesField, self).clean(one, initial) for one in files]


class SignalFactsForm(forms.Form):
    """What a signal is called and where it belongs."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Left empty, it is called as its file."),
    )
    series = forms.CharField(
        label=gettext_lazy("Series"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("The same word for repeated captures of the same thing."),
    )
    replicate = forms.IntegerField(
        label=gettext_lazy("Which repetition"), required=False, min_value=1, max_value=999
    )
    block = forms.ModelChoiceField(
        label=gettext_lazy("Block"), queryset=Block.objects.none(), required=False
    )
    instrument = forms.ModelChoiceField(
        label=gettext_lazy("Instrument"), queryset=Instrument.objects.none(), required=False
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        blocks: QuerySet[Block],
        instruments: QuerySet[Instrument],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["block"].queryset = blocks  # type: ignore[attr-defined]
        self.fields["instrument"].queryset = instruments  # type: ignore[attr-defined]


class SignalForm(SignalFactsForm):
    """A signal to be sent."""

    upload = ManyFilesField(
        label=gettext_lazy("Files"),
        widget=ManyFilesInput({"accept": ACCEPTED, "multiple": True}),
        help_text=gettext_lazy(
            "CSV, TSV, LabChart text, EDF, sigrok (.sr), VCD, WAV; a WFDB record with its header "
            "(.hea) and all files that the header names, annotations (.atr) with them."
        ),
    )
    field_order = ("upload",)

    def uploads(self) -> list[File[Any]]:
        return list(self.cleaned_data["upload"])

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "upload"}


class UnitsForm(forms.Form):
    """What a file does not tell: units of channels, of time, how its rows stand in time."""

    def __init__(self, *args: Any, capture: SignalCapture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [
            one
            for one in capture.channels
            if one["kind"] == "analog" and (not one["unit"] or one.get("unit_given"))
        ]
        given: dict[str, Any] = next(
            (one["given"] for one in capture.channels if one.get("given")), {}
        )
        self.asks_time_unit = bool(capture.figures.get("asks_time_unit"))
        self.asks_rate = bool(capture.figures.get("asks_rate"))
        if self.asks_time_unit:
            self.fields["time_unit"] = forms.ChoiceField(
                label=_("Unit of the time column"),
                choices=[("", "–"), *((one, one) for one in TIME_UNITS)],
                required=False,
                initial=given.get("time_unit", ""),
            )
        if self.asks_rate:
            rate = given.get("rate")
            self.fields["rate"] = NumberField(
                label=_("Samples a second"), required=False, initial=rate and f"{rate:g}"
            )
            self.fields["no_time"] = forms.BooleanField(
                label=_("The rows are single values, not a course in time"),
                required=False,
                initial=given.get("no_time", False),
            )
        for number, one in enumerate(self.asked):
            self.fields |= _channel_fields(number, one)

    def about_time(self) -> list[forms.BoundField]:
        return [self[name] for name in ("time_unit", "rate", "no_time") if name in self.fields]

    def rows(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for number, one in enumerate(self.asked):
            names = ("unit", "scale", "offset")
            yield one["name"], [self[f"{name}_{number}"] for name in names]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("rate") is not None and typed.get("no_time"):
            self.add_error("rate", _("Either a rate, or no course in time."))
        if typed.get("rate") is not None and typed["rate"] <= 0:
            self.add_error("rate", _("The sample rate must be above zero."))
        for number, _one in enumerate(self.asked):
            if typed.get(f"scale_{number}") == 0:
                self.add_error(f"scale_{number}", _("A factor of zero leaves nothing."))
        return typed

    def given(self) -> dict[str, Any]:
        """What the service takes."""
        typed = self.cleaned_data
        scales = {}
        for number, one in enumerate(self.asked):
            factor, offset = typed[f"scale_{number}"], typed[f"offset_{number}"]
            scales[one["name"]] = (
                float(factor) if factor is not None else 1,
                float(offset) if offset is not None else 0,
            )
        rate = typed.get("rate")
        return {
            "units": {
                one["name"]: typed[f"unit_{number}"].strip()
                for number, one in enumerate(self.asked)
            },
            "scales": scales,
            "rate": float(rate) if rate is not None else None,
            "time_unit": typed.get("time_unit", ""),
            "no_time": bool(typed.get("no_time")),
        }


def _channel_fields(number: int, one: dict[str, Any]) -> dict[str, forms.Field]:
    hint = _("Its name suggests %(unit)s.") % {"unit": one["suggested"]} if one["suggested"] else ""
    words = {"channel": one["name"]}
    return {
        f"unit_{number}": forms.CharField(
            label=_("Unit of %(channel)s") % words,
            max_length=24,
            required=False,
            initial=one["unit"],
            help_text=hint,
            widget=forms.TextInput({"size": 10, "dir": "ltr", "autocapitalize": "off"}),
        ),
        f"scale_{number}": NumberField(
            label=_("Factor"), required=False, initial=_unless(one.get("scale", 1), 1)
        ),
        f"offset_{number}": NumberField(
            label=_("Offset"), required=False, initial=_unless(one.get("offset", 0), 0)
        ),
    }


def _unless(value: float, usual: float) -> str:
    return "" if value == usual else f"{value:g}"
