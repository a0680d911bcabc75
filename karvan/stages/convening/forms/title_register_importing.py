"""To take another register in: the file, then which column is what and which rows come."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language

from ..models import TitleSeries
from ..title_register_reading import Reading
from ..title_register_tables import FIELDS

FIELD_NAMES = {
    "year": gettext_lazy("Year"),
    "region": gettext_lazy("Region"),
    "city": gettext_lazy("City"),
    "country": gettext_lazy("Country"),
    "kind": gettext_lazy("Kind"),
    "reason": gettext_lazy("Reason"),
    "note": gettext_lazy("Note"),
    "source": gettext_lazy("Source"),
    "latitude": gettext_lazy("Latitude"),
    "longitude": gettext_lazy("Longitude"),
    "year_held": gettext_lazy("Year held"),
}


class UploadForm(forms.Form):
    """The table."""

    upload = forms.FileField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("CSV, Excel or OpenDocument, in any encoding, 5 MB at most."),
    )


class ColumnsForm(forms.Form):
    """Which column is read as what, and which region a label stands for; sent in the address."""

    def __init__(self, *args: Any, series: TitleSeries, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        regions = [("", "–"), *((one["code"], in_language(one["names"])) for one in series.regions)]
        for number, label in enumerate(reading.unknown):
            self.fields[f"r_{number}"] = forms.ChoiceField(
                label=_("“%(label)s” is") % {"label": label}, choices=regions, required=False
            )
            self.fields[f"l_{number}"] = forms.CharField(
                initial=label, widget=forms.HiddenInput, required=False
            )
        columns = [
            ("", "–"),
            *((str(at), name or f"{at + 1}") for at, name in enumerate(reading.head)),
        ]
        for name in FIELDS:
            at = reading.columns.get(name)
            self.fields[f"c_{name}"] = forms.ChoiceField(
                label=FIELD_NAMES[name],
                choices=columns,
                required=False,
                initial="" if at is None else str(at),
            )


class TakeForm(forms.Form):
    """The chosen rows, with reasons where the seats are taken; ``source`` for rows without one."""

    source = forms.CharField(label=gettext_lazy("Where the register is from"), max_length=300)

    def __init__(self, data: Any = None, *, reading: Reading, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.reading = reading
        self.ticked: list[str] = data.getlist("take") if data is not None else []

    def clean(self) -> dict[str, Any]:
        reasons = {
            one.key: self.data.get(f"reason_{one.key}", "")[:300]
            for one in self.reading.rows
            if one.needs_reason
        }
        return {
            "keys": list(dict.fromkeys(self.ticked)),
            "reasons": reasons,
            "source": self.cleaned_data.get("source", ""),
        }


def asked_of(query: Any) -> dict[str, Any]:
    """Columns and regions as the address says them; {} where it says none."""
    if not any(key.startswith("c_") for key in query):
        return {}
    columns = {
        name: int(said)
        for name in FIELDS
        if (said := query.get(f"c_{name}", "")).isascii() and said.isdecimal() and len(said) < 4
    }
    regions = {
        query.get(f"l_{key[2:]}", ""): value
        for key, value in query.items()
        if key.startswith("r_") and value
    }
    return {"columns": columns, "regions": regions}
