"""What is typed about motions, their paragraphs and amendments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField

from ..models import AgendaItem, Delegation, Motion, StatutorySession

ACTS = (
    ("replace", _("replace it by")),
    ("add_after", _("add after it")),
    ("delete", _("delete it")),
)
PROPOSED = (
    Motion.Kind.RESOLUTION,
    Motion.Kind.DECISION,
    Motion.Kind.RECOMMENDATION,
    Motion.Kind.PROCEDURE,
)
SYMBOL_HINT = _("Left empty, the next one is given.")


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


class MotionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(one.value, one.label) for one in PROPOSED])
    titles = TextsField(label=_("Title"))
    symbol = forms.CharField(
        label=_("Symbol"), max_length=80, required=False, help_text=SYMBOL_HINT
    )
    item = forms.ModelChoiceField(
        label=_("Item of the agenda"), queryset=AgendaItem.objects.none(), required=False
    )
    sponsors = forms.ModelMultipleChoiceField(
        label=_("Sponsors"), queryset=Delegation.objects.none(), required=False
    )
    co_sponsors = forms.ModelMultipleChoiceField(
        label=_("Co-sponsors"), queryset=Delegation.objects.none(), required=False
    )

    def __init__(
        self,
        *args: Any,
        session: StatutorySession,
        delegations: QuerySet[Delegation],
        is_run: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = session.agenda_items.all()  # type: ignore[attr-defined]
        self.fields["sponsors"].queryset = delegations  # type: ignore[attr-defined]
        self.fields["co_sponsors"].queryset = delegations  # type: ignore[attr-defined]
        if not is_run:
            del self.fields["co_sponsors"]
            self.fields["sponsors"].required = True


class ParagraphForm(forms.Form):
    texts = TextsField(label=_("Text"), rows=3, max_length=4000)
    owner = forms.ModelChoiceField(
        label=_("Who will answer for it"), queryset=Party.objects.none(), required=False
    )
    due_on = day(
        label=_("Due"),
        required=False,
        help_text=_("With an owner and a date it becomes a commitment when it is adopted."),
    )

    def __init__(self, *args: Any, is_operative: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Party.objects.all()  # type: ignore[attr-defined]
        if not is_operative:
            del self.fields["owner"], self.fields["due_on"]


class NewParagraphForm(ParagraphForm):
    is_operative = forms.ChoiceField(
        label=_("Kind of paragraph"),
        choices=[("yes", _("operative, with a number")), ("no", _("preambular, with a letter"))],
    )
    field_order = ("is_operative", "texts", "owner", "due_on")

    def clean_is_operative(self) -> bool:
        return bool(self.cleaned_data["is_operative"] == "yes")


class AmendmentForm(forms.Form):
    number = forms.CharField(
        label=_("Paragraph"), max_length=12, help_text=_("Its number or letter, such as 3 or b.")
    )
    act = forms.ChoiceField(label=_("What it does"), choices=ACTS)
    texts = TextsField(label=_("New text"), rows=3, max_length=4000, required=False)
    symbol = forms.CharField(
        label=_("Symbol"), max_length=80, required=False, help_text=SYMBOL_HINT
    )
    sponsors = forms.ModelMultipleChoiceField(
        label=_("Sponsors"), queryset=Delegation.objects.none(), required=False
    )

    def __init__(
        self, *args: Any, delegations: QuerySet[Delegation], is_run: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sponsors"].queryset = delegations  # type: ignore[attr-defined]
        self.fields["sponsors"].required = not is_run


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
