"""Turn what a person typed about requirements into values a service can take."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .design_fields import CodesField
from .models import Dossier, Requirement, TestCase
from .reading.requirements import TABLES, TEXTS, ReadRequirements
from .reading.requirements_tables import FIELDS
from .reading.requirements_words import FIELDS as FIELD_WORDS

NONE = ("", "–")


class RequirementForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=40)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=Requirement.Type.choices)
    statement = forms.CharField(
        label=gettext_lazy("Statement"),
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("One sentence with “shall”, and with a figure where there is one."),
    )
    fulfils = CodesField(
        label=gettext_lazy("Fulfils"),
        required=False,
        help_text=gettext_lazy("Codes of the needs or requirements it comes from."),
    )
    verification = forms.ChoiceField(
        label=gettext_lazy("Shown by"),
        choices=[NONE, *Requirement.Verification.choices],
        required=False,
    )
    tested_by = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Tests"),
        queryset=TestCase.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"), choices=Requirement.Priority.choices
    )
    essential = forms.BooleanField(label=gettext_lazy("Essential performance"), required=False)
    rationale = forms.CharField(
        label=gettext_lazy("Rationale"), widget=forms.Textarea({"rows": 2}), required=False
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200, required=False)

    def __init__(self, *args: Any, dossier: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = dossier.test_cases.all()
        self.fields["tested_by"].queryset = cases  # type: ignore[attr-defined]
        if not cases.exists():
            del self.fields["tested_by"]


class DeviationForm(forms.Form):
    deviation = forms.CharField(
        label=gettext_lazy("What departs from it, and why it may"),
        widget=forms.Textarea({"rows": 3}),
    )


class RequirementsFileForm(forms.Form):
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "reStructuredText (.rst), Markdown (.md), a table (.csv, .tsv, .xlsx, .ods). "
            "You see what would change before anything does."
        ),
    )

    def clean_upload(self) -> UploadedFile[Any]:
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        if PurePath(upload.name or "").suffix.lower().lstrip(".") not in (*TEXTS, *TABLES):
            raise forms.ValidationError(
                _("“%(name)s” is none of the kinds that are read.") % {"name": upload.name}
            )
        return upload


class MappingForm(forms.Form):
    """Which column holds what, of which type the bare ones are, how nameless ones are called."""

    type = forms.ChoiceField(
        label=gettext_lazy("Type of those that say none"), choices=Requirement.Type.choices
    )
    prefix = forms.SlugField(  # type: ignore[assignment]
        label=gettext_lazy("Number those without a code as"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("“R” makes R-1, R-2 by their place in the file."),
    )

    def __init__(self, *args: Any, read: ReadRequirements | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = read.columns if read else ()
        listed = [(str(at), head or str(at + 1)) for at, head in enumerate(columns)]
        self.column_fields = FIELDS if columns else ()
        for name in self.column_fields:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=_("Column: %(field)s") % {"field": FIELD_WORDS[name]},
                choices=[NONE, *listed],
                required=False,
            )
        if read:
            for name in self.column_fields:
                self.initial.setdefault(f"column_{name}", str(read.mapping.get(name, "")))


def mapping_asked(asked: Any) -> dict[str, int]:
    """The columns named in an address or a form, as far as they are columns."""
    found = {name: str(asked.get(f"column_{name}", "")) for name in FIELDS}
    return {
        name: int(at)
        for name, at in found.items()
        if at.isascii() and at.isdecimal() and len(at) < 5
    }
