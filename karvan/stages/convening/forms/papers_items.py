"""Turn what a person typed about agenda items and documents into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import language_name
from karvan.foundation.ui.texts_field import TextsField

from ..models import AgendaItem, AgendaVersion, LanguageVersion, SessionDocument, StatutorySession
from ..organs_words import LANGUAGES, QUESTIONS
from .organs import day


class ItemForm(forms.Form):
    """An item; ``for_member`` leaves out what the secretariat alone decides."""

    titles = TextsField(label=_("Item"), max_length=400)
    number = forms.CharField(
        label=_("Number"),
        max_length=12,
        required=False,
        help_text=_("Such as 7 or 7.2. Left empty, it gets the next one."),
    )
    under = forms.ModelChoiceField(
        label=_("Under"), queryset=AgendaItem.objects.none(), required=False
    )
    note = forms.CharField(
        label=_("Explanatory note"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    question = forms.ChoiceField(
        label=_("Kind of question"),
        choices=list(QUESTIONS.items()),
        required=False,
        help_text=_("Says which majority it needs."),
    )
    proposed_by_text = forms.CharField(label=_("Proposed by"), max_length=200, required=False)
    include = forms.BooleanField(label=_("Put it on the agenda at once"), required=False)

    def __init__(
        self,
        *args: Any,
        session: StatutorySession,
        item: AgendaItem | None = None,
        for_member: bool = False,
        **kwargs: Any,
    ) -> None:
        if item is not None:
            names = ("titles", "number", "note", "question", "proposed_by_text")
            kwargs.setdefault("initial", {name: getattr(item, name) for name in names})
        super().__init__(*args, **kwargs)
        own = {key: key for key in session.organ.majorities if key not in QUESTIONS}
        choices = [*QUESTIONS.items(), *own.items()]
        self.fields["question"].choices = choices  # type: ignore[attr-defined]
        self.fields["under"].queryset = session.agenda_items.all()  # type: ignore[attr-defined]
        left_out: tuple[str, ...] = ("under", "include") if item is not None else ()
        if for_member:
            left_out = ("number", "question", "proposed_by_text", "include")
        for name in left_out:
            del self.fields[name]


class ItemStateForm(forms.Form):
    state = forms.ChoiceField(label=_("From now on"), choices=AgendaItem.State.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("Asked for where it is deferred or withdrawn."),
    )


class IssueForm(forms.Form):
    kind = forms.ChoiceField(label=_("As"), choices=AgendaVersion.Kind.choices)


class DocumentForm(forms.Form):
    """A document: its symbol as printed, what it is, for whom, and by when."""

    symbol = forms.CharField(
        label=_("Symbol"),
        max_length=80,
        help_text=_("As it is printed. It is kept as you type it."),
    )
    titles = TextsField(label=_("Title"), max_length=400)
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionDocument.Kind.choices)
    item = forms.ModelChoiceField(
        label=_("Item"), queryset=AgendaItem.objects.none(), required=False
    )
    distribution = forms.ChoiceField(
        label=_("Distribution"),
        choices=SessionDocument.Distribution.choices,
        help_text=_("Restricted ones are seen by members and the secretariat only."),
    )
    original_language = forms.ChoiceField(label=_("Original language"), choices=[], initial="en")
    due_on = day(
        label=_("Due"), required=False, help_text=_("Left empty, as the organ's rules say.")
    )

    def __init__(
        self,
        *args: Any,
        session: StatutorySession,
        document: SessionDocument | None = None,
        **kwargs: Any,
    ) -> None:
        if document is not None:
            initial = {name: getattr(document, name) for name in self.base_fields}
            kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        listed = [(code, language_name(code)) for code in LANGUAGES]
        self.fields["original_language"].choices = listed  # type: ignore[attr-defined]
        items: QuerySet[AgendaItem] = session.agenda_items.all()
        self.fields["item"].queryset = items  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=LanguageVersion.State.choices)
    upload = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
        help_text=_("PDF or DOCX, at most 25 MB."),
    )
