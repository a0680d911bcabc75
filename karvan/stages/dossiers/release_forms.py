"""Typed text of releases, credits, forks and rebuilds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.stages.editions.models import Activity

from .errors import BadLicence
from .licences import DOCUMENTATION, HARDWARE, SOFTWARE, parse_licence
from .models import Contribution


class LicenceField(forms.CharField):
    """An SPDX licence, with the usual ones offered as one types."""

    def __init__(self, offered: tuple[str, ...], **more: Any) -> None:
        self.offered = offered
        super().__init__(max_length=80, **more)
        self.help_text = _("Such as %(one)s.") % {"one": ", ".join(offered[:3])}

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return parse_licence(typed)
        except BadLicence as bad:
            raise ValidationError(str(bad)) from bad


class ReleaseForm(forms.Form):
    """What a release is called, what changed, and under which licences it goes out."""

    number = forms.CharField(label=_("Version"), max_length=40, help_text=_("Such as 1.0.0."))
    changelog = forms.CharField(
        label=_("What changed"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    licence_hardware = LicenceField(HARDWARE, label=_("Licence of the hardware"))
    licence_documentation = LicenceField(DOCUMENTATION, label=_("Licence of the documents"))
    licence_software = LicenceField(SOFTWARE, label=_("Licence of the software"), required=False)


class CreditForm(forms.Form):
    """One person and the roles in which he or she contributed."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Contribution.Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class SupersedeForm(forms.Form):
    reason = forms.CharField(label=_("What takes its place"), max_length=500)


class ForkForm(forms.Form):
    """In which workshop the work is carried on, and under which code and title."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label=_("Workshop"))
    code = forms.SlugField(label=_("Code"), max_length=20)
    title = forms.CharField(label=_("Title"), max_length=150)

    def __init__(self, *args: Any, workshops: QuerySet[Activity], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["activity"]
        field.queryset = workshops
        field.label_from_instance = lambda one: f"{one.edition} · {one}"


class RebuildForm(forms.Form):
    """Who built the device from a release, where and when."""

    built_by = forms.CharField(label=_("Built by"), max_length=150)
    country = forms.ModelChoiceField(Country.objects.all(), label=_("Country"))
    built_on = forms.DateField(label=_("Built on"), widget=forms.DateInput(attrs={"type": "date"}))
    found = forms.CharField(
        label=_("What they found"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class ManifestForm(forms.Form):
    upload = forms.FileField(
        label=_("Manifest"), help_text=_("An okh.yml or okh.toml; it is read and not kept.")
    )


class ManifestTakenForm(forms.Form):
    """What of a manifest is taken over, as it was read."""

    summary = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)
    use = forms.CharField(widget=forms.HiddenInput, required=False, max_length=8000)
