"""Turn what a person typed about measurements and instruments into values a service can take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation import clock
from karvan.foundation.people.models import Person

from .measuring_words import DISTRIBUTION_NAMES, QUANTITY_NAMES
from .models import Annotation, Block, Dossier, Instrument, Measurement

LEAST_ROWS, MOST_ROWS = 3, 12
MOST_READINGS = 1000
ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")


def plain_number(text: str) -> Decimal:
    """A number as people type it: 12.5, 12,5, 1.2e-3, ١٢٫٥.

    Raises:
        ValueError: it is none.
    """
    typed = text.strip().translate(ARABIC_DIGITS).replace("−", "-").replace(" ", "")
    if "," in typed and "." not in typed:
        typed = typed.replace(",", ".")
    try:
        number = Decimal(typed)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or abs(number.adjusted()) > 60:
        raise ValueError(text)
    return number


class NumberField(forms.CharField):
    """An exact number with a point or a comma; nothing of it is rounded away."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput({"inputmode": "decimal", "size": 14}))
        super().__init__(max_length=60, **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return plain_number(text)
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s” is no number.") % {"text": text}, code="no_number"
            ) from None


class ReadingsField(forms.CharField):
    """Several readings: a line or a blank between them; a comma within one is its point."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value) or ""
        parts = [part for part in re.split(r"[\s;]+|,\s+", text) if part]
        if len(parts) > MOST_READINGS:
            raise forms.ValidationError(
                _("At most %(most)s readings; send more of them as a signal.")
                % {"most": MOST_READINGS}
            )
        readings = []
        for number, part in enumerate(parts, 1):
            try:
                readings.append(plain_number(part))
            except ValueError:
                raise forms.ValidationError(
                    _("Reading %(number)s, “%(text)s”, is no number.")
                    % {"number": number, "text": part[:40]}
                ) from None
        return readings


def _moment() -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(
        label=gettext_lazy("Taken"),
        widget=widget,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )


class MeasurementForm(forms.Form):
    """A measurement. Components of type B are rows of four fields; empty rows do not count."""

    name = forms.CharField(label=gettext_lazy("What was measured"), max_length=150)
    quantity = forms.ChoiceField(
        label=gettext_lazy("Quantity"), choices=[("", "–"), *QUANTITY_NAMES.items()]
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit"),
        max_length=24,
        help_text=gettext_lazy("As V, mA, kPa, °C, L/min, rpm; 1 for a number without a unit."),
        widget=forms.TextInput({"size": 10, "dir": "ltr", "autocapitalize": "off"}),
    )
    value = NumberField(
        label=gettext_lazy("Value"),
        required=False,
        help_text=gettext_lazy("With several readings it is their mean: leave it empty."),
    )
    readings = ReadingsField(
        label=gettext_lazy("Readings"),
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "ltr"}),
        help_text=gettext_lazy(
            "One a line or with blanks between them; their spread becomes type A."
        ),
    )
    symbol = forms.CharField(label=gettext_lazy("Symbol"), max_length=20, required=False)
    instrument = forms.ModelChoiceField(
        label=gettext_lazy("Instrument"),
        queryset=Instrument.objects.none(),
        required=False,
        help_text=gettext_lazy("Its stated accuracy becomes a component by itself."),
    )
    coverage = NumberField(
        label=gettext_lazy("Coverage factor k"), required=False, initial=Decimal(2)
    )
    from_freedom = forms.BooleanField(
        label=gettext_lazy("Take k from the degrees of freedom (95.45 %)"), required=False
    )
    taken_at = _moment()
    operator = forms.ModelChoiceField(
        label=gettext_lazy("Taken by"), queryset=Person.objects.none(), required=False
    )
    block = forms.ModelChoiceField(
        label=gettext_lazy("Block"), queryset=Block.objects.none(), required=False
    )
    point = forms.ModelChoiceField(
        label=gettext_lazy("Mark on a photograph"),
        queryset=Annotation.objects.none(),
        required=False,
    )
    before_opening = forms.BooleanField(
        label=gettext_lazy("Taken before the device was opened"), required=False
    )
    temperature = NumberField(label=gettext_lazy("Temperature, °C"), required=False)
    humidity = NumberField(label=gettext_lazy("Relative humidity, %"), required=False)
    supply = forms.CharField(label=gettext_lazy("Supply"), max_length=80, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=forms.Textarea({"rows": 2})
    )

    RESULT = ("name", "quantity", "unit", "value", "readings", "symbol", "instrument")
    COVERAGE = ("coverage", "from_freedom")
    CIRCUMSTANCES = (
        "taken_at", "operator", "before_opening", "block", "point", "temperature", "humidity",
        "supply", "note",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        dossier: Dossier,
        instruments: QuerySet[Instrument],
        blocks: QuerySet[Block],
        points: QuerySet[Annotation],
        operators: QuerySet[Person],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "instrument": instruments,
            "block": blocks,
            "point": points,
            "operator": operators,
        }
        for name, rows in offered.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        before = dossier.state == Dossier.State.DRAFT
        self.fields["before_opening"].initial = before
        self.fields["taken_at"].initial = clock.now().replace(second=0, microsecond=0)
        self.count = self._count()
        for row in range(self.count):
            for name, field in _component_fields(row).items():
                self.fields[f"{name}_{row}"] = field

    def _count(self) -> int:
        typed = [key for key in self.data if re.fullmatch(r"component_\d+", key)]
        initial = sum(bool(key.startswith("component_")) for key in self.initial)
        return min(MOST_ROWS, max(LEAST_ROWS, len(typed), initial + 1))

    def rows(self) -> Iterator[list[forms.BoundField]]:
        """The rows of components as they are shown."""
        for row in range(self.count):
            yield [self[f"{name}_{row}"] for name in ("component", "half", "shape", "divisor")]

    def shown(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def result(self) -> list[forms.BoundField]:
        return self.shown(self.RESULT)

    def covering(self) -> list[forms.BoundField]:
        return self.shown(self.COVERAGE)

    def circumstances(self) -> list[forms.BoundField]:
        return self.shown(self.CIRCUMSTANCES)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and typed.get("value") is None and not typed.get("readings"):
            self.add_error("value", _("Type a value, or the readings it is the mean of."))
        if len(typed.get("readings") or ()) > 1 and typed.get("value") is not None:
            self.add_error("value", _("With several readings the value is their mean. Empty one."))
        for bounded, low, high in (
            ("temperature", -300, 9999),
            ("humidity", 0, 100),
            ("coverage", Decimal("0.001"), Decimal("99.999")),
        ):
            if typed.get(bounded) is not None and not low <= typed[bounded] <= high:
                words = {"low": low, "high": high}
                self.add_error(bounded, _("This must lie from %(low)s to %(high)s.") % words)
        for row in range(self.count):
            name, half = typed.get(f"component_{row}"), typed.get(f"half_{row}")
            if name and half is None and f"half_{row}" not in self.errors:
                self.add_error(f"half_{row}", _("How large is “%(name)s”?") % {"name": name})
            if half is not None and not name:
                self.add_error(f"component_{row}", _("What does this come from?"))
        return typed

    def given(self) -> dict[str, Any]:
        """What the services take."""
        typed = self.cleaned_data
        facts = {
            name: typed[name]
            for name in (*self.RESULT, *self.CIRCUMSTANCES)
            if name not in ("value", "readings")
        }
        value, readings = typed["value"], typed["readings"]
        if len(readings) == 1 and value is None:
            value, readings = readings[0], []
        return {
            **facts,
            "value": value,
            "readings": readings,
            "coverage": None if typed["from_freedom"] else typed["coverage"] or Decimal(2),
            "components": [
                {
                    "name": typed[f"component_{row}"],
                    "value": str(typed[f"half_{row}"]),
                    "distribution": typed[f"shape_{row}"],
                    "divisor": "" if typed[f"divisor_{row}"] is None else typed[f"divisor_{row}"],
                }
                for row in range(self.count)
                if typed[f"component_{row}"]
            ],
        }


def _component_fields(row: int) -> dict[str, forms.Field]:
    return {
        "component": forms.CharField(
            label=gettext_lazy("Component"), max_length=80, required=False
        ),
        "half": NumberField(label=gettext_lazy("Half-width or u"), required=False),
        "shape": forms.ChoiceField(
            label=gettext_lazy("Distribution"),
            choices=list(DISTRIBUTION_NAMES.items()),
            required=False,
            initial="rectangular",
        ),
        "divisor": NumberField(label=gettext_lazy("Divisor"), required=False),
    }


def initial_of(measurement: Measurement) -> dict[str, Any]:
    """What the form shows of a measurement that is being corrected."""
    names = (*MeasurementForm.RESULT, *MeasurementForm.CIRCUMSTANCES)
    initial: dict[str, Any] = {name: getattr(measurement, name) for name in names}
    repeated = bool(measurement.readings)
    initial["value"] = None if repeated else f"{measurement.value.normalize():f}"
    initial["readings"] = "\n".join(map(str, measurement.readings))
    initial["coverage"] = f"{measurement.coverage_factor.normalize():f}"
    typed = [row for row in measurement.components if row.get("source") != "instrument"]
    for number, row in enumerate(typed):
        initial[f"component_{number}"] = row.get("name", "")
        initial[f"half_{number}"] = row.get("value", "")
        initial[f"shape_{number}"] = row.get("distribution", "rectangular")
        initial[f"divisor_{number}"] = row.get("divisor", "")
    return initial


class InstrumentForm(forms.Form):
    """An instrument of the workshop."""

    maker = forms.CharField(label=gettext_lazy("Maker"), max_length=120)
    model = forms.CharField(label=gettext_lazy("Model"), max_length=120)
    serial = forms.CharField(label=gettext_lazy("Serial number"), max_length=80, required=False)
    range = forms.CharField(label=gettext_lazy("Range"), max_length=120, required=False)
    accuracy = forms.CharField(
        label=gettext_lazy("Accuracy as stated"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Word for word, as in the manual: ±(0.5 % + 2 digits)."),
    )
    percent_reading = NumberField(label=gettext_lazy("of the reading, in per cent"), required=False)
    digits = NumberField(label=gettext_lazy("Digits"), required=False)
    resolution = NumberField(
        label=gettext_lazy("Resolution"), required=False, help_text=gettext_lazy("One digit.")
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit of the resolution"), max_length=24, required=False
    )
    calibrated_on = forms.DateField(
        label=gettext_lazy("Calibrated on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Calibration due"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    certificate = forms.CharField(label=gettext_lazy("Certificate"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        for name, places in (("percent_reading", 4), ("digits", 6), ("resolution", 9)):
            value = typed.get(name)
            if value is not None and not 0 <= value < Decimal(10) ** places:
                self.add_error(name, _("This must be a number that is not below zero."))
        return typed
