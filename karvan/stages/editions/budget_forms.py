"""Turn what a person typed about a budget into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui import formats
from karvan.foundation.ui.texts_field import TextsField

from . import currencies
from .forms import day
from .models import BudgetEntry, BudgetLine, BudgetShare, Edition, EditionPartner
from .quantities import BASES, Proposed


def _figure(label: Any, digits: int, places: int = 2, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=digits,
        decimal_places=places,
        min_value=0,
        required=False,
        **options,
    )


class AmountForm(forms.Form):
    """An amount planned, committed or paid, as it is entered on a line."""

    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=BudgetEntry.Kind.choices)
    quantity = _figure(gettext_lazy("Quantity"), 10)
    unit_cost = _figure(gettext_lazy("Cost of one"), 12)
    amount = _figure(
        gettext_lazy("Amount"),
        14,
        help_text=gettext_lazy("Leave it empty where quantity and cost of one are given."),
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        error_messages={
            "invalid_choice": gettext_lazy("There is no currency “%(value)s” to choose.")
        },
    )
    on = day(label=gettext_lazy("Date"))
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Committed or paid by"),
        queryset=EditionPartner.objects.none(),
        required=False,
        help_text=gettext_lazy("Who bears what is planned is said by the shares of the line."),
    )
    rate = _figure(gettext_lazy("Rate"), 16, 8)
    rate_on = day(label=gettext_lazy("Date of the rate"), required=False)
    rate_source = forms.CharField(
        label=gettext_lazy("Where the rate comes from"), max_length=200, required=False
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = edition.programme.currency
        self.fields["currency"].choices = currencies.choices([edition.currency, into])  # type: ignore[attr-defined]
        self.fields["partner"].queryset = edition.partners.select_related("party")  # type: ignore[attr-defined]
        self.fields["partner"].label_from_instance = partner_in_words  # type: ignore[attr-defined]
        self.fields["rate"].help_text = _(
            "How many %(into)s one unit of the currency was worth that day. Without a rate the "
            "amount is in no total in %(into)s, and that is said beside the total."
        ) % {"into": into}


class AmountOnLineForm(AmountForm):
    """The same, with the line it stands on."""

    line = forms.ModelChoiceField(
        label=gettext_lazy("Budget line"), queryset=BudgetLine.objects.none(), to_field_name="code"
    )
    field_order = ("line",)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        self.fields["line"].queryset = edition.budget_lines.all()  # type: ignore[attr-defined]


class CorrectionForm(AmountForm):
    """The amount as it should have been said, and why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea({"rows": 2}))
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class ShareForm(forms.Form):
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Partner"), queryset=EditionPartner.objects.none()
    )
    percent = forms.DecimalField(
        label=gettext_lazy("Per cent of the line"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
    )
    in_kind = forms.BooleanField(label=gettext_lazy("In kind, not in money"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = edition.partners.select_related("party")  # type: ignore[attr-defined]
        self.fields["partner"].label_from_instance = partner_in_words  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    share = forms.ModelChoiceField(
        queryset=BudgetShare.objects.none(),
        error_messages={"invalid_choice": gettext_lazy("This share has been taken away already.")},
    )

    def __init__(self, *args: Any, line: BudgetLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["share"].queryset = line.shares.select_related("partner__party")  # type: ignore[attr-defined]


class LineForm(forms.Form):
    titles = TextsField(label=gettext_lazy("What it is for"), max_length=120)
    basis = forms.ChoiceField(label=gettext_lazy("Counted by"), choices=list(BASES.items()))


def partner_in_words(partner: EditionPartner) -> str:
    """A partner with its part: "National Commission (host)"."""
    words = {"party": partner.party, "part": partner.get_part_display()}
    return _("%(party)s (%(part)s)") % words


def proposed_in_words(proposed: Proposed) -> str:
    """What the design proposes as the quantity, and where it comes from."""
    if proposed.quantity is None:
        return proposed.words
    words = {"count": formats.number(proposed.quantity), "why": proposed.words}
    return _("The design proposes %(count)s (%(why)s).") % words


def values_of(entry: BudgetEntry) -> dict[str, Any]:
    """An amount as the form shows it again; the amount is left out where it was counted."""
    counted = entry.quantity is not None and entry.unit_cost is not None
    return {
        "quantity": entry.quantity,
        "unit_cost": entry.unit_cost,
        "amount": None if counted else entry.amount,
        "currency": entry.currency,
        "on": entry.on,
        "partner": entry.partner_id,
        "rate": entry.rate.normalize() if entry.rate is not None else None,
        "rate_on": entry.rate_on,
        "rate_source": entry.rate_source,
        "note": entry.note,
    }
