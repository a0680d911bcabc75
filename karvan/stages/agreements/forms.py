"""Turn what a person typed about meetings and promises into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.ui.texts_field import TextsField

from .models import Agreement, Commitment, MinutesItem, Topic


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class ConsultationForm(forms.Form):
    titles = TextsField(label=_("Title"))
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short, for addresses: baku-2021.")
    )
    parties = forms.ModelMultipleChoiceField(
        label=_("Parties"), queryset=Party.objects.none(), help_text=_("At least two.")
    )
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), required=False
    )
    language = forms.ChoiceField(label=_("Language of the minutes"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].queryset = Party.objects.all()  # type: ignore[attr-defined]
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]


class DelegateForm(forms.Form):
    party = forms.ModelChoiceField(label=_("Party"), queryset=Party.objects.none())
    name = forms.CharField(label=_("Name"), max_length=150)
    capacity = forms.CharField(label=_("Capacity"), max_length=150, required=False)
    is_head = forms.BooleanField(label=_("Head of delegation"), required=False)

    def __init__(self, *args: Any, parties: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class TopicForm(forms.Form):
    titles = TextsField(label=_("Topic"))
    briefing = forms.CharField(
        label=_("Briefing"), required=False, widget=forms.Textarea({"rows": 3})
    )


class MinutesItemForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=MinutesItem.Kind.choices)
    texts = TextsField(label=_("Text"), rows=3, max_length=2000)


class RoomItemForm(MinutesItemForm):
    """A sentence as the room sends it: with its topic and what the writer had before the eyes."""

    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.none(), required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, topics: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = topics  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    party = forms.ModelChoiceField(label=_("For"), queryset=Party.objects.none())

    def __init__(self, *args: Any, parties: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class PromiseForm(forms.Form):
    titles = TextsField(label=_("What is promised"))
    code = forms.SlugField(label=_("Code"), max_length=40)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Party.objects.none())
    due_on = day(label=_("Due"), required=False)
    due_note = forms.CharField(
        label=_("Where the due date comes from"), max_length=300, required=False
    )
    deliverable = forms.CharField(label=_("Deliverable"), max_length=300, required=False)

    def __init__(self, *args: Any, owners: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if owners is None:
            del self.fields["owner"]
        else:
            self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class AgreementForm(forms.Form):
    titles = TextsField(label=_("Title"))
    code = forms.SlugField(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=Agreement.Kind.choices)
    parties = forms.ModelMultipleChoiceField(
        label=_("Parties"), queryset=Party.objects.none(), help_text=_("At least two.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    prevailing_language = forms.ChoiceField(
        label=_("Prevailing language"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].queryset = Party.objects.all()  # type: ignore[attr-defined]


class ClauseForm(forms.Form):
    number = forms.CharField(label=_("Clause"), max_length=12)
    party = forms.ModelChoiceField(label=_("Binds"), queryset=Party.objects.none())
    texts = TextsField(label=_("Text"), rows=3, max_length=2000)

    def __init__(self, *args: Any, parties: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class SignatoryForm(forms.Form):
    party = forms.ModelChoiceField(label=_("For"), queryset=Party.objects.none())
    name = forms.CharField(label=_("Name"), max_length=150)
    capacity = forms.CharField(label=_("Capacity"), max_length=150, required=False)

    def __init__(self, *args: Any, parties: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if parties is not None:
            self.fields["party"].queryset = parties  # type: ignore[attr-defined]


class SigningForm(forms.Form):
    signed_on = day(label=_("Signed on"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    in_force_from = day(label=_("In force from"))
    in_force_to = day(label=_("In force until"), required=False)


class SignatureForm(forms.Form):
    signed_on = day(label=_("Signed on"))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)


class TermForm(forms.Form):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    prevailing_language = forms.ChoiceField(
        label=_("Prevailing language"), choices=[("", "–"), *settings.LANGUAGES], required=False
    )
    renewal = forms.ChoiceField(label=_("At its end"), choices=Agreement.Renewal.choices)
    renewal_days = forms.IntegerField(
        label=_("Remind, days before the end"), min_value=1, max_value=1000, initial=90
    )


class AnnexForm(forms.Form):
    titles = TextsField(label=_("Title"))
    upload = forms.FileField(label=_("File"), required=False)


class DocumentForm(forms.Form):
    upload = forms.FileField(label=_("Signed copy"))


class RenewForm(forms.Form):
    code = forms.SlugField(label=_("Code of the new agreement"), max_length=40)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))


class EvidenceForm(forms.Form):
    texts = TextsField(label=_("What happened"), rows=2, max_length=1000)
    happened_on = day(label=_("When"), required=False)
    date_note = forms.CharField(
        label=_("About the date"),
        max_length=200,
        required=False,
        help_text=_("Say so when the day is not known."),
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    delivers = forms.BooleanField(
        label=_("This is what was promised"),
        required=False,
        help_text=_("Leave open when it is only news of it."),
    )


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=Commitment.State.choices)
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2}))


class DueForm(forms.Form):
    due_on = day(label=_("Due"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PairForm(forms.Form):
    """Two parties."""

    first = forms.ModelChoiceField(
        label=_("One side"), queryset=Party.objects.none(), to_field_name="code"
    )
    second = forms.ModelChoiceField(
        label=_("The other side"), queryset=Party.objects.none(), to_field_name="code"
    )

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = parties  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse the same party twice."""
        typed = super().clean() or {}
        if typed.get("first") and typed.get("first") == typed.get("second"):
            raise forms.ValidationError(_("Choose two different parties."))
        return typed
