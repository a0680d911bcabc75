"""Turn what a person typed about programmes into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.models import Commitment

from .document.reading import MOST_BYTES


class ProgrammeForm(forms.Form):
    titles = TextsField(label=gettext_lazy("Title"))
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=12,
        help_text=gettext_lazy("Capitals and digits, the first part of every scope: TVP."),
        widget=forms.TextInput({"dir": "ltr", "autocapitalize": "characters"}),
    )
    summaries = TextsField(label=gettext_lazy("Summary"), rows=3, max_length=1000, required=False)
    owner = forms.ModelChoiceField(label=gettext_lazy("Owner"), queryset=Party.objects.none())
    commitments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Commitments it answers"),
        queryset=Commitment.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, owners: Any, promised: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]
        self.fields["commitments"].queryset = promised  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A YAML text: a file, or what was pasted; what was typed stays when it is refused."""

    file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".yaml,.yml,application/yaml"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the text itself"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 24, "dir": "ltr", "spellcheck": "false", "class": "code"}),
    )
    note = forms.CharField(
        label=gettext_lazy("What is new"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("You can still change this when you publish."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        upload = typed.pop("file", None)
        # Browsers send CRLF for every line end of a text area; the author wrote plain ends.
        text = typed.pop("text", "").replace("\r\n", "\n")
        if upload is not None and upload.size > MOST_BYTES:
            raise forms.ValidationError(_("A blueprint has at most 1 MB."))
        source = upload.read() if upload is not None else text.encode("utf-8", "surrogatepass")
        if not source.strip():
            raise forms.ValidationError(_("Choose a file, or paste the text."))
        return {**typed, "source": source}


class PublishForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What is new in this version"), widget=forms.Textarea({"rows": 3})
    )
    signature = forms.CharField(
        label=gettext_lazy("Your full name, as a signature"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class CompareForm(forms.Form):
    """Which two versions to compare."""

    before = forms.TypedChoiceField(label=gettext_lazy("Version"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("with version"), coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, str(number)) for number in numbers]
        self.fields["before"].choices = choices  # type: ignore[attr-defined]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]
