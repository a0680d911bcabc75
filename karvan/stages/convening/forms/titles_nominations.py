"""A nomination, its files, its checks, its marks and its decision, as people type them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.texts import in_language
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.forms import day

from ..models import AgendaItem, Resolution, Title, TitleCycle, TitleNomination

TEXT_MOST = 8000


class NominationForm(forms.Form):
    """The city, the budget, and one field a section of the file."""

    party = forms.ModelChoiceField(
        label=gettext_lazy("Nominated by"), queryset=Party.objects.none()
    )
    city_names = TextsField(label=gettext_lazy("City"), max_length=150)
    country = forms.ModelChoiceField(label=gettext_lazy("Country"), queryset=Country.objects.none())
    region = forms.ChoiceField(label=gettext_lazy("Region"))
    budget = forms.DecimalField(
        label=gettext_lazy("Budget"), max_digits=14, decimal_places=2, required=False
    )
    currency = forms.CharField(
        label=gettext_lazy("Currency"),
        max_length=3,
        required=False,
        help_text=gettext_lazy("Three letters, such as AZN."),
    )

    def __init__(
        self,
        *args: Any,
        cycle: TitleCycle,
        parties: Any = None,
        nomination: TitleNomination | None = None,
        **kwargs: Any,
    ) -> None:
        if nomination is not None:
            said = {name: getattr(nomination, name) for name in self.base_fields}
            texts = {f"section_{code}": text for code, text in nomination.texts.items()}
            kwargs.setdefault("initial", {**said, **texts})
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.all()  # type: ignore[attr-defined]
        self.fields["region"].choices = [  # type: ignore[attr-defined]
            (one["code"], in_language(one["names"]))
            for one in cycle.series.regions
            if cycle.seats.get(one["code"])
        ]
        if parties is None:
            del self.fields["party"]
        else:
            self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        self.codes = [one["code"] for one in cycle.series.sections]
        for one in cycle.series.sections:
            self.fields[f"section_{one['code']}"] = TextsField(
                label=in_language(one["names"]), rows=5, max_length=TEXT_MOST, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned = dict(self.cleaned_data)
        texts = {code: cleaned.pop(f"section_{code}", None) or {} for code in self.codes}
        return {**cleaned, "texts": texts}


class NominationFileForm(forms.Form):
    """One file for a section."""

    section = forms.ChoiceField(label=gettext_lazy("Section"))
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A picture needs one: what it shows, and where."),
    )
    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, picture, Word or spreadsheet, 20 MB at most."),
    )

    def __init__(self, *args: Any, cycle: TitleCycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            (one["code"], in_language(one["names"])) for one in cycle.series.sections
        ]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea({"rows": 2}), max_length=2000
    )


class ChecksForm(forms.Form):
    """One yes or no with a note for each condition of admissibility."""

    def __init__(self, *args: Any, nomination: TitleNomination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = []
        for one in nomination.cycle.series.admissibility:
            code, name = one["code"], in_language(one["names"])
            found = nomination.checks.get(code, {})
            met = found.get("met")
            self.codes.append(code)
            self.fields[f"met_{code}"] = forms.ChoiceField(
                label=name,
                choices=[("yes", _("met")), ("no", _("not met"))],
                widget=forms.RadioSelect,
                initial="" if met is None else ("yes" if met else "no"),
            )
            self.fields[f"note_{code}"] = forms.CharField(
                label=_("Note: %(condition)s") % {"condition": name},
                max_length=500,
                required=False,
                initial=found.get("note", ""),
            )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "checks": {
                code: {
                    "met": said.get(f"met_{code}") == "yes",
                    "note": said.get(f"note_{code}", ""),
                }
                for code in self.codes
            }
        }


class MarksForm(forms.Form):
    """One mark a criterion, and a comment; ``done`` is the second button."""

    def __init__(self, *args: Any, nomination: TitleNomination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = []
        for one in nomination.cycle.series.rubric.get("criteria", []):
            self.codes.append(one["code"])
            self.fields[f"mark_{one['code']}"] = forms.IntegerField(
                label=in_language(one["names"]),
                required=False,
                help_text=_("0 to %(most)d, weight %(weight)d") % {"most": one["most"], "weight": one["weight"]},
            )  # fmt: skip
        self.fields["comment"] = forms.CharField(
            label=_("Comment"), required=False, widget=forms.Textarea({"rows": 4}), max_length=4000
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        marks = {code: said.get(f"mark_{code}") for code in self.codes}
        return {
            "marks": {code: mark for code, mark in marks.items() if mark is not None},
            "comment": said.get("comment", ""),
            "done": "done" in self.data,
        }


class ProposeForm(forms.Form):
    """The agenda item, and the text of the draft decision."""

    item = forms.ModelChoiceField(
        label=gettext_lazy("Agenda item"), queryset=AgendaItem.objects.none()
    )
    draft_decision = TextsField(label=gettext_lazy("Draft decision"), rows=3, max_length=2000)

    def __init__(self, *args: Any, items: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["item"].label_from_instance = _item_label  # type: ignore[attr-defined]


class GrantForm(forms.Form):
    """The decision that gives the title."""

    resolution = forms.ModelChoiceField(
        label=gettext_lazy("Resolution"), queryset=Resolution.objects.none(), required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Where the decision is written"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Where the resolution is not in the register."),
    )
    decided_on = day(label=gettext_lazy("Decided on"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Title.Kind.choices)
    exception_reason = forms.CharField(
        label=gettext_lazy("Why more than one"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only where the region's seats of that year are taken."),
    )

    def __init__(self, *args: Any, resolutions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["resolution"].queryset = resolutions  # type: ignore[attr-defined]


def _item_label(item: AgendaItem) -> str:
    return f"{item.session} · {item}"
