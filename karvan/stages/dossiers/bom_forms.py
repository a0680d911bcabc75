"""Turn what a person typed about parts, offers and costs into values a service can take."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from .models import DesignFile, FirmwareNote, PartLine, SourcingOffer
from .reading.bom_refs import refs_of
from .reading.bom_units import FACTORS, unit_named

CURRENCY = re.compile(r"[A-Z]{3}")


class UploadForm(forms.Form):
    upload = forms.FileField(
        label=_("File"),
        help_text=_(
            "A drawing of KiCad or Eagle, a table (CSV, XLSX, ODS), Markdown, YAML, TOML or JSON."
        ),
    )


class TakeForm(forms.Form):
    currency = forms.CharField(
        label=_("Currency of prices that do not say theirs"), max_length=3, required=False
    )

    def clean_currency(self) -> str:
        return currency_typed(self.cleaned_data["currency"])


def currency_typed(text: str) -> str:
    """Three letters in capitals, or nothing.

    Raises:
        ValidationError: anything else.
    """
    code = text.strip().upper()
    if code and not CURRENCY.fullmatch(code):
        raise ValidationError(_("A currency is three letters, such as USD."))
    return code


class LineForm(forms.Form):
    """One line; parts of other lines are chosen among the dossier's own."""

    description = forms.CharField(label=_("Description"), max_length=400, required=False)
    refs = forms.CharField(
        label=_("References"), max_length=2000, required=False, help_text=_("R1, R9 or R1-R4")
    )
    quantity = forms.DecimalField(
        label=_("Quantity for one device"),
        min_value=Decimal(0),
        max_digits=14,
        decimal_places=4,
        required=False,
        help_text=_("Empty is unknown, not one."),
    )
    quantity_most = forms.DecimalField(
        label=_("At most"), min_value=Decimal(0), max_digits=14, decimal_places=4, required=False
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=24,
        required=False,
        help_text=_("each, m, cm, mm, cm**2, m**2, g, kg, mL, L"),
    )
    value = forms.CharField(label=_("Value"), max_length=120, required=False)
    package = forms.CharField(label=_("Package"), max_length=120, required=False)
    manufacturer = forms.CharField(label=_("Manufacturer"), max_length=150, required=False)
    mpn = forms.CharField(label=_("Manufacturer's part number"), max_length=150, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", "–"), *PartLine.Kind.choices], required=False
    )
    criticality = forms.ChoiceField(label=_("Criticality"), choices=PartLine.Criticality.choices)
    fitted = forms.BooleanField(label=_("Fitted"), required=False)
    optional = forms.BooleanField(label=_("Optional"), required=False)
    group = forms.CharField(label=_("Option group"), max_length=40, required=False)
    sheet = forms.CharField(label=_("Part of the bill"), max_length=80, required=False)
    made_from = forms.ModelChoiceField(
        label=_("Made from"), queryset=PartLine.objects.none(), required=False
    )
    substitute_of = forms.ModelChoiceField(
        label=_("Can replace"), queryset=PartLine.objects.none(), required=False
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, others: QuerySet[PartLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("made_from", "substitute_of"):
            self.fields[name].queryset = others  # type: ignore[attr-defined]

    def clean_refs(self) -> list[str]:
        return list(refs_of(self.cleaned_data["refs"]))

    def clean_unit(self) -> str:
        text = self.cleaned_data["unit"].strip()
        named = text if text in FACTORS else unit_named(text)
        if named is None:
            raise ValidationError(
                _("The unit “%(unit)s” is not known. Use one of: %(units)s."),
                params={"unit": text, "units": ", ".join(FACTORS)},
            )
        return named


def line_initial(line: PartLine) -> dict[str, Any]:
    """What the form of a line starts with."""
    names = [name for name in LineForm.base_fields if name != "refs"]
    values = {name: getattr(line, name) for name in names}
    return {name: _bare(value) for name, value in values.items()} | {"refs": ", ".join(line.refs)}


def figure(label: Any, **more: Any) -> forms.DecimalField:
    """A figure that may be left empty and is not below nought."""
    more.setdefault("decimal_places", 4)
    return forms.DecimalField(
        label=label, min_value=Decimal(0), max_digits=14, required=False, **more
    )


class OfferForm(forms.Form):
    supplier = forms.CharField(label=_("Supplier"), max_length=150, required=False)
    sku = forms.CharField(label=_("Order number"), max_length=120, required=False)
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    country = forms.CharField(
        label=_("Country"),
        max_length=2,
        required=False,
        help_text=_("Two letters. An offer from the country of the edition is local."),
    )
    local = forms.BooleanField(label=_("Local"), required=False)
    price = figure(_("Price"), decimal_places=6, help_text=_("Empty is unknown, not nought."))
    currency = forms.CharField(label=_("Currency"), max_length=3, required=False)
    price_quantity = forms.DecimalField(
        label=_("The price is for so many"), max_digits=14, decimal_places=4, initial=1,
        min_value=Decimal("0.0001"),
    )  # fmt: skip
    moq = forms.DecimalField(
        label=_("Packs at least"), max_digits=14, decimal_places=4, initial=1,
        min_value=Decimal("0.0001"),
    )  # fmt: skip
    shipping = figure(_("Shipping of an order"))
    duty_rate = figure(_("Duty, %"), decimal_places=3, max_value=Decimal(999))
    vat_rate = figure(_("VAT, %"), decimal_places=3, max_value=Decimal(999))
    lead_days = forms.IntegerField(
        label=_("Days to deliver"), min_value=0, max_value=9999, required=False
    )
    seen_on = forms.DateField(
        label=_("Seen on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    status = forms.ChoiceField(label=_("Status"), choices=SourcingOffer.Status.choices)

    def clean_currency(self) -> str:
        return currency_typed(self.cleaned_data["currency"])

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).strip().upper()


def offer_initial(offer: SourcingOffer) -> dict[str, Any]:
    """What the form of an offer starts with."""
    return {name: _bare(getattr(offer, name)) for name in OfferForm.base_fields}


def _bare(value: Any) -> Any:
    """A figure without the noughts that the database adds."""
    return Decimal(f"{value.normalize():f}") if isinstance(value, Decimal) else value


class CostForm(forms.Form):
    builds = forms.IntegerField(label=_("How many are built"), min_value=1, max_value=100_000)
    currency = forms.CharField(
        label=_("Costs in"),
        max_length=3,
        required=False,
        help_text=_("Empty takes the currency of most prices."),
    )
    rates = forms.CharField(
        label=_("Rates of the day"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line: what one unit of the other currency is worth, USD 1.7000"),
    )
    rates_on = forms.DateField(
        label=_("Rates of"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )

    def clean_currency(self) -> str:
        return currency_typed(self.cleaned_data["currency"])

    def clean_rates(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for number, line in enumerate(self.cleaned_data["rates"].splitlines(), start=1):
            words = re.split(r"[\s=:]+", line.strip())
            if words == [""]:
                continue
            try:
                found[words[0].upper()] = Decimal(words[1].replace(",", "."))
            except (IndexError, InvalidOperation):
                raise ValidationError(
                    _("Line %(line)s is no rate: write USD 1.7000."), params={"line": number}
                ) from None
            if len(words) > 2 or not CURRENCY.fullmatch(words[0].upper()):
                raise ValidationError(
                    _("Line %(line)s is no rate: write USD 1.7000."), params={"line": number}
                )
        return found


class DesignFileForm(forms.Form):
    """A file of the design. ``upload`` is asked for once; later only what is said of it changes."""

    upload = forms.FileField(label=_("File"))
    role = forms.ChoiceField(label=_("Role"), choices=DesignFile.Role.choices)
    path = forms.CharField(
        label=_("Path"),
        max_length=200,
        required=False,
        help_text=_("As in a repository: pcb/main.kicad_pcb"),
    )
    tool = forms.CharField(label=_("Made with"), max_length=120, required=False)
    licence = forms.CharField(
        label=_("Licence"), max_length=120, required=False, help_text=_("Such as CERN-OHL-S-2.0")
    )
    third_party = forms.BooleanField(label=_("Made by somebody else"), required=False)
    source_form = forms.BooleanField(
        label=_("This is the source form, in which it is best changed"), required=False
    )
    source = forms.ModelChoiceField(
        label=_("Made from this source"), queryset=DesignFile.objects.none(), required=False
    )
    no_source_reason = forms.CharField(
        label=_("Why there is no source form"), max_length=200, required=False
    )

    def __init__(
        self, *args: Any, sources: QuerySet[DesignFile], is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = sources  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["upload"]


class FirmwareForm(forms.Form):
    chip = forms.CharField(label=_("Chip"), max_length=80)
    interface = forms.ChoiceField(
        label=_("Interface"), choices=[("", "–"), *FirmwareNote.Interface.choices], required=False
    )
    readout = forms.ChoiceField(label=_("Read-out"), choices=FirmwareNote.Readout.choices)
    image_sha256 = forms.RegexField(
        label=_("Hash of the image (SHA-256)"), regex=r"^[0-9a-fA-F]{64}$", required=False
    )
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    behaviour = forms.CharField(
        label=_("How it behaves"), required=False, widget=forms.Textarea({"rows": 4})
    )
