"""A formula to be checked, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_LINES = 20


class FormulaForm(forms.Form):
    """A formula, the unit of each letter in it, and the unit of what comes out."""

    formula = forms.CharField(
        label=gettext_lazy("Formula"),
        max_length=300,
        help_text=gettext_lazy("Such as 1.118e-5 * r * n**2; ^ and · are understood too."),
        widget=forms.TextInput({"dir": "ltr"}),
    )
    units = forms.CharField(
        label=gettext_lazy("Units of its letters"),
        help_text=gettext_lazy("One a line: r cm"),
        widget=forms.Textarea({"rows": 4, "dir": "ltr"}),
        max_length=1000,
        required=False,
    )
    result = forms.CharField(
        label=gettext_lazy("Unit of the result"),
        max_length=40,
        help_text=gettext_lazy("Write 1 for a pure number."),
        widget=forms.TextInput({"dir": "ltr"}),
    )

    def clean_units(self) -> dict[str, str]:
        lines = [line.strip() for line in self.cleaned_data["units"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(most)s letters.") % {"most": MOST_LINES})
        found: dict[str, Any] = {}
        for number, line in enumerate(lines, start=1):
            letter, _space, unit = line.replace("=", " ").replace(":", " ").partition(" ")
            if not unit.strip():
                raise ValidationError(
                    _("Line %(number)s gives “%(letter)s” no unit.")
                    % {"number": number, "letter": letter}
                )
            found[letter] = unit.strip()
        return found
