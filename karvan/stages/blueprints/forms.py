"""Turn what a person typed about programmes into values a service can take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.models import Commitment

from .document import Difference
from .document.reading import MOST_BYTES
from .values import YamlField, field_of_draft


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
    """What is new, why each part differs for which nobody has said it yet, and the signature."""

    note = forms.CharField(
        label=gettext_lazy("What is new in this version"), widget=forms.Textarea({"rows": 3})
    )
    rest = forms.CharField(
        label=gettext_lazy("Why, for all parts left empty above"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    signature = forms.CharField(
        label=gettext_lazy("Your full name, as a signature"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, silent: Sequence[Difference] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.silent = silent
        why = {
            f"why_{place}": forms.CharField(label=one.words, required=False, max_length=2000)
            for place, one in enumerate(silent)
        }
        note, rest, signature = (self.fields[key] for key in ("note", "rest", "signature"))
        more = {"rest": rest} if len(silent) > 1 else {}
        self.fields = {"note": note, **why, **more, "signature": signature}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        rest = typed.pop("rest", "")
        said = [typed.pop(f"why_{place}", "") or rest for place in range(len(self.silent))]
        pairs = zip(self.silent, said, strict=True)
        return {**typed, "notes": {one.path: why for one, why in pairs if why}}


class EditForm(forms.Form):
    """What every edit of a draft says beside its value: why, and which revision it began from."""

    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It stands beside the change in the next version."),
    )
    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PartForm(EditForm):
    """A new value for one part of a draft, in the field that fits it."""

    def __init__(self, *args: Any, data: Any, path: str, value: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of_draft(data, path, value)
        self.fields = {"value": field, **self.fields}
        shown = {code for code, _name in settings.LANGUAGES}
        self.other = (
            {code: text for code, text in value.items() if code not in shown}
            if isinstance(field, TextsField) and isinstance(value, dict)
            else {}
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.other and isinstance(typed.get("value"), dict):
            # Languages of the draft that the interface does not have are edited in the text.
            typed["value"] = {**typed["value"], **self.other}
        return typed


class ItemForm(EditForm):
    """A new item of a list, written as in the blueprint."""

    item = YamlField(
        label=gettext_lazy("The new entry"),
        widget=forms.Textarea({"rows": 12, "dir": "ltr", "spellcheck": "false", "class": "code"}),
        help_text=gettext_lazy("As in the blueprint. Its code names it from now on."),
    )

    def __init__(self, *args: Any, after: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = {"item": self.fields["item"]}
        if after:
            choices = [("", _("at the end")), *after]
            fields["after"] = forms.ChoiceField(label=_("After"), choices=choices, required=False)
        self.fields = {**fields, **self.fields}


class TextForm(EditForm):
    """The whole draft as its YAML text."""

    source = forms.CharField(
        label=gettext_lazy("The text"),
        strip=False,
        widget=forms.Textarea({"rows": 30, "dir": "ltr", "spellcheck": "false", "class": "code"}),
    )
    field_order = ("source", "note", "base_revision")

    def clean_source(self) -> bytes:
        # Browsers send CRLF for every line end of a text area; the author wrote plain ends.
        text = str(self.cleaned_data["source"]).replace("\r\n", "\n")
        return text.encode("utf-8", "surrogatepass")


class ChoicesForm(forms.Form):
    """For each part in dispute, whose value stands."""

    base_revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paths = [path for path, _title in parts]
        for place, (_path, title) in enumerate(parts):
            self.fields[f"choice_{place}"] = forms.ChoiceField(
                label=title,
                choices=[("theirs", _("what the draft says")), ("ours", _("what was set aside"))],
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        choices = {path: typed.pop(f"choice_{place}", "") for place, path in enumerate(self.paths)}
        return {**typed, "choices": choices}


class SessionsForm(forms.Form):
    """Which sessions of the library to show."""

    q = forms.CharField(label=gettext_lazy("Words in any language"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    at_least = forms.IntegerField(
        label=gettext_lazy("Minutes, at least"), required=False, min_value=0
    )
    at_most = forms.IntegerField(
        label=gettext_lazy("Minutes, at most"), required=False, min_value=0
    )

    def __init__(self, *args: Any, kinds: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [(kind, kind.replace("_", " ")) for kind in kinds]
        self.fields["kind"].choices = [("", _("all")), *words]  # type: ignore[attr-defined]


class TakeForm(forms.Form):
    """Where a session of the library goes: an activity of a draft, and its day or week."""

    into = forms.ChoiceField(label=gettext_lazy("Into"))
    day = forms.IntegerField(label=gettext_lazy("Day"), required=False, min_value=1, max_value=366)
    week = forms.IntegerField(
        label=gettext_lazy("Week"), required=False, min_value=1, max_value=104
    )
    slot = forms.SlugField(label=gettext_lazy("Slot of the week"), required=False, max_length=40)
    note = forms.CharField(
        label=gettext_lazy("Why"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and not typed.get("day") and not typed.get("week"):
            raise forms.ValidationError(_("Say the day, or the week, on which it is held."))
        return typed


class CompareForm(forms.Form):
    """Which two versions to compare."""

    before = forms.TypedChoiceField(label=gettext_lazy("Version"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("with version"), coerce=int)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(number, str(number)) for number in numbers]
        self.fields["before"].choices = choices  # type: ignore[attr-defined]
        self.fields["after"].choices = choices  # type: ignore[attr-defined]
