"""Turn what a person typed about bodies and their members into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.texts import language_name
from karvan.foundation.ui.texts_field import TextsField

from ..models import Base, Majority, Membership, Organ
from ..organs_words import LANGUAGES, QUESTIONS

PATTERN_HELP = _(
    "Parts in braces: organ, session, year, year2, item, kind, number, rev, add, corr, status. What"
    " stands in brackets may be missing; “ | ” sets another way of writing beside the first."
)
AS_DEFAULT = ("", _("as the first line"))


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def whole(label: Any, least: int = 0, most: int = 1000, **options: Any) -> forms.IntegerField:
    """A whole number between two others."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, **options)


class OrganForm(forms.Form):
    """An organ's rules; of a new one also its code. ``rules()`` gives what a service takes."""

    code = forms.SlugField(label=_("Code"), max_length=20, help_text=_("Short, for addresses: gc."))
    names = TextsField(label=_("Name"), max_length=200)
    abbreviation = forms.CharField(
        label=_("As in symbols"), max_length=20, help_text=_("Such as GC, CE, EX or A/C.3.")
    )
    party = forms.ModelChoiceField(
        label=_("Body of"), queryset=Party.objects.none(), required=False
    )
    symbol_pattern = forms.CharField(
        label=_("Pattern of symbols"), max_length=120, help_text=PATTERN_HELP
    )
    number_pattern = forms.CharField(label=_("Pattern of resolution numbers"), max_length=120)
    working_languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A document is issued once it is ready in all of these."),
    )
    official_languages = forms.MultipleChoiceField(
        label=_("Official languages"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    quorum_is_more_than = forms.TypedChoiceField(
        label=_("Quorum"),
        choices=[("yes", _("more than")), ("no", _("at least"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )
    quorum_numerator = whole(_("Quorum: part"), 0, 100, initial=1)
    quorum_denominator = whole(_("Quorum: of"), 1, 100, initial=2)
    quorum_base = forms.ChoiceField(label=_("Quorum: counted on"), choices=Base.choices)
    abstention_is_voting = forms.BooleanField(
        label=_("Who abstains counts as present and voting"), required=False
    )
    documents_days = whole(_("Papers due, days before"), 0, 365, initial=42)
    convocation_days = whole(_("Convocation, days before"), 0, 365, initial=60)
    seats = whole(_("Seats"), 1, 1000, required=False)
    rules_source = forms.CharField(label=_("Where its rules stand"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        parties: QuerySet[Party],
        organ: Organ | None = None,
        **kwargs: Any,
    ) -> None:
        if organ is not None:
            kwargs.setdefault("initial", self._initial(organ))
        super().__init__(*args, **kwargs)
        self.kept = dict(organ.majorities) if organ else {}
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        listed = [(code, language_name(code)) for code in LANGUAGES]
        for name in ("working_languages", "official_languages"):
            self.fields[name].choices = listed  # type: ignore[attr-defined]
        for key, words in QUESTIONS.items():
            choices = list(Majority.choices)
            self.fields[f"majority_{key}"] = forms.ChoiceField(
                label=str(words),
                choices=choices if key == "default" else [AS_DEFAULT, *choices],
                required=key == "default",
            )
        if organ is not None:
            del self.fields["code"]

    @staticmethod
    def _initial(organ: Organ) -> dict[str, Any]:
        names = [one for one in OrganForm.base_fields if one not in ("code", "quorum_is_more_than")]
        return {
            **{name: getattr(organ, name) for name in names},
            "quorum_is_more_than": "yes" if organ.quorum_is_more_than else "no",
            **{f"majority_{key}": value for key, value in organ.majorities.items()},
        }

    def clean(self) -> dict[str, Any]:
        """The fields of an organ, its majorities gathered in one; kinds of its own are kept."""
        typed = super().clean() or {}
        majorities = {key: value for key, value in self.kept.items() if key not in QUESTIONS}
        for key in QUESTIONS:
            if value := typed.pop(f"majority_{key}", ""):
                majorities[key] = value
        return {**typed, "majorities": majorities}


class MemberForm(forms.Form):
    """A member: of one that is here, without its code and status."""

    code = forms.CharField(
        label=_("Code"), max_length=12, help_text=_("Two letters where it is a country: AZ.")
    )
    names = TextsField(
        label=_("Name"), max_length=200, required=False,
        help_text=_("May stay empty for a country that is known here."),
    )  # fmt: skip
    status = forms.ChoiceField(label=_("Status"), choices=Membership.Status.choices)
    status_reason = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("Asked for where suspended.")
    )
    party = forms.ModelChoiceField(
        label=_("Who speaks for it"), queryset=Party.objects.none(), required=False
    )
    starts_on = day(label=_("Since"), required=False)
    ends_on = day(label=_("Until"), required=False)

    def __init__(
        self,
        *args: Any,
        parties: QuerySet[Party],
        member: Membership | None = None,
        **kwargs: Any,
    ) -> None:
        if member is not None:
            names = ("names", "party", "starts_on", "ends_on")
            kwargs.setdefault("initial", {name: getattr(member, name) for name in names})
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        if member is not None:
            for name in ("code", "status", "status_reason"):
                del self.fields[name]
            self.fields["names"].required = True


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=Membership.Status.choices)
    status_reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("With the decision it rests on.")
    )


class SuccessionForm(forms.Form):
    code = forms.CharField(label=_("Its new code"), max_length=12)
    names = TextsField(label=_("Its new name"), max_length=200)
    on = day(label=_("From"))
    source = forms.CharField(label=_("Source"), max_length=300, required=False)


class MembersFileForm(forms.Form):
    upload = forms.FileField(
        label=_("Table of members"),
        widget=forms.FileInput({"accept": ".csv,.xlsx,.ods"}),
        help_text=_(
            "CSV, Excel or OpenDocument. Columns: code, name, name_fr, name_ar, name_az, status,"
            " reason, since, until. Only the code is asked for."
        ),
    )
