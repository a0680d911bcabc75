"""Turn what a person typed into values a service can take. No rules live here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party, Person, Role
from karvan.foundation.places.models import Country

SCRIPTS = {"Arab": _("Name in Arabic script"), "Cyrl": _("Name in Cyrillic script")}


class SignUpForm(forms.Form):
    """What sign-up asks besides e-mail and password, where sign-up is open."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Nothing more to do: the account adapter has taken the name."""


class OwnNamesForm(forms.Form):
    """A person's names in several scripts, and the language to write in."""

    full_name = forms.CharField(
        label=_("Full name"), help_text=_("As in the passport."), max_length=150
    )
    arab = forms.CharField(
        label=SCRIPTS["Arab"],
        max_length=150,
        required=False,
        widget=forms.TextInput({"dir": "rtl"}),
    )
    cyrl = forms.CharField(label=SCRIPTS["Cyrl"], max_length=150, required=False)
    certificate_name = forms.CharField(
        label=_("Name on certificates"),
        help_text=_("Exactly as it shall be printed. If empty, the full name is printed."),
        max_length=150,
        required=False,
    )
    call_name = forms.CharField(label=_("How to address you"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=lambda: list(settings.LANGUAGES)
    )

    def values(self) -> dict[str, Any]:
        """What ``change_names`` takes."""
        typed = dict(self.cleaned_data)
        names: Mapping[str, str] = {"Arab": typed.pop("arab"), "Cyrl": typed.pop("cyrl")}
        return {**typed, "names": names}


class NamesForm(OwnNamesForm):
    """The same as an officer fills it in."""

    call_name = forms.CharField(label=_("How to address the person"), max_length=80, required=False)
    country = forms.ModelChoiceField(Country.objects.all(), label=_("Country"), required=False)


class NewPersonForm(forms.Form):
    """Somebody to register."""

    full_name = forms.CharField(
        label=_("Full name"), help_text=_("As in the passport."), max_length=150
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("Without one the person cannot sign in."),
        required=False,
        widget=forms.EmailInput({"dir": "ltr"}),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=lambda: list(settings.LANGUAGES)
    )
    country = forms.ModelChoiceField(Country.objects.all(), label=_("Country"), required=False)


class RoleForm(forms.Form):
    """A role to give."""

    kind = forms.ChoiceField(label=_("Role"), choices=Role.Kind.choices)
    scope = forms.CharField(
        label=_("Scope"),
        help_text=_("TVP, TVP/AZ-2021 or TVP/AZ-2021/BC3. Empty for everything."),
        max_length=80,
        required=False,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    party = forms.ModelChoiceField(
        Party.objects.all(), label=_("Party"), help_text=_("For partners."), required=False
    )
    valid_to = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


class PartyForm(forms.Form):
    """A party's entry; one name at least."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Party.Kind.choices)
    en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)
    ar = forms.CharField(
        label=_("Name in Arabic"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"dir": "rtl"}),
    )
    az = forms.CharField(label=_("Name in Azerbaijani"), max_length=200, required=False)
    country = forms.ModelChoiceField(Country.objects.all(), label=_("Country"), required=False)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")

    def values(self) -> dict[str, Any]:
        """What ``create_party`` and ``change_party`` take."""
        typed = dict(self.cleaned_data)
        names: Mapping[str, str] = {code: typed.pop(code) for code in ("en", "fr", "ar", "az")}
        return {**typed, "names": names}


class NewPartyForm(PartyForm):
    """A party to register; its code stays for ever."""

    code = forms.SlugField(
        label=_("Code"), help_text=_("Small letters and hyphens, as in addresses."), max_length=40
    )
    field_order = ["code"]


class LogoForm(forms.Form):
    """A picture to show as a party's logo."""

    logo = forms.FileField(label=_("Logo"), help_text=_("PNG, JPEG or WebP, at most 1 MB."))
