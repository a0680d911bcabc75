"""What is typed about resolutions: who answers for a paragraph, why nothing follows, old papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField

from ..models import AgendaItem, Resolution, StatutorySession
from ..queries.resolutions_pages import owners_to_choose
from .hall_motions import day


class FollowForm(forms.Form):
    owner = forms.ModelChoiceField(label=_("Who will answer for it"), queryset=Party.objects.none())
    due_on = day(label=_("Due"))
    deliverable = forms.CharField(label=_("Deliverable"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners_to_choose()  # type: ignore[attr-defined]


class NoFollowForm(forms.Form):
    reason = forms.CharField(label=_("Why nothing follows"), max_length=300)


class EnterForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Resolution.Kind.choices)
    number = forms.CharField(label=_("Number as printed"), max_length=80)
    titles = TextsField(label=_("Title"))
    adopted_on = day(label=_("Adopted"))
    item = forms.ModelChoiceField(
        label=_("Item of the agenda"), queryset=AgendaItem.objects.none(), required=False
    )
    operative = forms.CharField(
        label=_("Operative paragraphs"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("One on a line, in the language of this page."),
    )
    source = forms.CharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, session: StatutorySession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = session.agenda_items.all()  # type: ignore[attr-defined]


class ReportParagraphForm(forms.Form):
    text = forms.CharField(label=_("Text"), widget=forms.Textarea({"rows": 8}), max_length=20_000)
