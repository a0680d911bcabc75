"""Proceedings and recommendations, as people type them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.forms import day
from karvan.stages.dossiers.licences import DOCUMENTATION

from ..models import Paper, Symposium, Track


class DetailsForm(forms.Form):
    """Who publishes, under which numbers and licence."""

    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200)
    series = forms.CharField(label=gettext_lazy("Series"), max_length=200, required=False)
    isbn = forms.CharField(label=gettext_lazy("ISBN"), max_length=20, required=False)
    issn = forms.CharField(label=gettext_lazy("ISSN"), max_length=9, required=False)
    doi_prefix = forms.CharField(
        label=gettext_lazy("DOI prefix"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Each paper's DOI is this and its number. One given stays."),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=80,
        help_text=gettext_lazy("An SPDX name, such as CC-BY-4.0."),
        widget=forms.TextInput({"list": "licences"}),
    )

    offered: Sequence[str] = DOCUMENTATION

    def __init__(self, data: Any = None, *, symposium: Symposium) -> None:
        names = ("publisher", "series", "isbn", "issn", "doi_prefix", "licence")
        super().__init__(data, initial={name: getattr(symposium, name) for name in names})


class FullTextForm(forms.Form):
    """The paper as a PDF."""

    upload = forms.FileField(
        label=gettext_lazy("Full text (PDF)"),
        help_text=gettext_lazy("With its fonts in it and without a password, 30 MB at most."),
    )


class OrderForm(forms.Form):
    """The place of each paper, and the first page of all."""

    first_page = forms.IntegerField(label=gettext_lazy("First page"), min_value=1, initial=1)

    def __init__(self, data: Any = None, *, papers: Sequence[Paper]) -> None:
        super().__init__(data)
        self.papers = papers
        for place, paper in enumerate(papers, start=1):
            self.fields[f"place_{paper.pk}"] = forms.IntegerField(
                label=_("Place of “%(paper)s”") % {"paper": paper},
                min_value=1,
                max_value=9999,
                initial=place,
            )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        places = [
            (said.get(f"place_{one.pk}") or 0, at, one.pk) for at, one in enumerate(self.papers)
        ]
        return {
            "first_page": said.get("first_page"),
            "order": [pk for _p, _at, pk in sorted(places)],
        }


class FirstPageForm(forms.Form):
    """Where one paper begins."""

    page_from = forms.IntegerField(label=gettext_lazy("First page"), min_value=1, max_value=30_000)


class ReleaseForm(forms.Form):
    """What changed since the number before."""

    note = forms.CharField(label=gettext_lazy("What changed"), max_length=300, required=False)


class RecommendationForm(forms.Form):
    """The words of a recommendation."""

    texts = TextsField(label=gettext_lazy("Recommendation"), rows=3, max_length=2000)
    track = forms.ModelChoiceField(
        label=gettext_lazy("Track"), queryset=Track.objects.none(), required=False
    )

    def __init__(self, *args: Any, symposium: Symposium, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"].queryset = symposium.tracks.all()  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """The day of adoption."""

    adopted_on = day(label=gettext_lazy("Adopted on"))


class FollowForm(forms.Form):
    """Who does it, until when."""

    owner = forms.ModelChoiceField(label=gettext_lazy("Owner"), queryset=Party.objects.none())
    due_on = day(label=gettext_lazy("Due"))

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]


class AsideForm(forms.Form):
    """Why nothing follows."""

    reason = forms.CharField(label=gettext_lazy("Why nothing follows"), max_length=300)
