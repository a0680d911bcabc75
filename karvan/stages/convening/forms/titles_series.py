"""The rules of a series and of a cycle, as a person writes them."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.people.models import Person
from karvan.foundation.texts import in_language
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.forms import day

from ..models import Organ, TitleSeries
from ..titles_data import LANGUAGES

CODE = re.compile(r"[A-Za-z0-9_-]{1,16}")
NAMES_HELP = gettext_lazy(
    "One a line: code | English | French | Arabic | Azerbaijani. Languages may be left empty."
)
CRITERIA_HELP = gettext_lazy(
    "One a line: code | highest mark | weight | English | French | Arabic | Azerbaijani."
)


class LinesField(forms.CharField):
    """Rows with a code and names, one a line, their parts set apart by upright strokes."""

    def __init__(self, *, figures: tuple[str, ...] = (), **options: Any) -> None:
        self.figures = figures
        options.setdefault("widget", forms.Textarea({"rows": 6, "dir": "ltr"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(
            " | ".join(
                [
                    one["code"],
                    *(str(one.get(name, "")) for name in self.figures),
                    *(one["names"].get(code, "") for code in LANGUAGES),
                ]
            ).rstrip(" |")
            for one in value
        )

    def to_python(self, value: Any) -> Any:
        rows = []
        for number, line in enumerate(str(value or "").splitlines(), start=1):
            if line.strip():
                rows.append(self._row(number, [part.strip() for part in line.split("|")]))
        return rows

    def _row(self, number: int, parts: list[str]) -> dict[str, Any]:
        least = 2 + len(self.figures)
        if len(parts) < least or not CODE.fullmatch(parts[0]) or not any(parts[least - 1 :]):
            raise forms.ValidationError(
                _("Line %(line)d needs a code and a name: %(help)s")
                % {"line": number, "help": self.help_text}
            )
        row: dict[str, Any] = {"code": parts[0]}
        for name, said in zip(self.figures, parts[1:], strict=False):
            if not said.isascii() or not said.isdecimal() or len(said) > 4:
                raise forms.ValidationError(
                    _("Line %(line)d: “%(said)s” is not a whole number.")
                    % {"line": number, "said": said}
                )
            row[name] = int(said)
        names = dict(zip(LANGUAGES, parts[1 + len(self.figures) :], strict=False))
        row["names"] = {code: said for code, said in names.items() if said}
        return row


class SeriesForm(forms.Form):
    """A series: its code only when it begins."""

    code = forms.SlugField(
        label=gettext_lazy("Code"), max_length=40, help_text=gettext_lazy("Short, for addresses.")
    )
    names = TextsField(label=gettext_lazy("Name"))
    first_year = forms.IntegerField(
        label=gettext_lazy("First year"), min_value=1900, max_value=2200
    )
    seats_per_region = forms.IntegerField(
        label=gettext_lazy("Cities a region a year"), min_value=1, max_value=20
    )
    regions = LinesField(label=gettext_lazy("Regions"), help_text=NAMES_HELP)
    sections = LinesField(label=gettext_lazy("Sections of the file"), help_text=NAMES_HELP)
    admissibility = LinesField(
        label=gettext_lazy("Conditions of admissibility"), help_text=NAMES_HELP, required=False
    )
    rubric = LinesField(
        label=gettext_lazy("Criteria of the experts"),
        help_text=CRITERIA_HELP,
        figures=("most", "weight"),
    )
    organ = forms.ModelChoiceField(
        label=gettext_lazy("Decided by"), queryset=Organ.objects.none(), required=False
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, series: TitleSeries | None = None, **kwargs: Any) -> None:
        if series is not None:
            kwargs["initial"] = {
                **{name: getattr(series, name) for name in self.base_fields if name != "code"},
                "rubric": series.rubric.get("criteria", []),
            }
        super().__init__(*args, **kwargs)
        self.fields["organ"].queryset = Organ.objects.all()  # type: ignore[attr-defined]
        if series is not None:
            del self.fields["code"]

    def clean_rubric(self) -> dict[str, Any]:
        return {"criteria": self.cleaned_data["rubric"]}


class CycleForm(forms.Form):
    """A year and its seats by region."""

    year = forms.IntegerField(
        label=gettext_lazy("Year of the title"), min_value=1900, max_value=2200
    )

    def __init__(self, *args: Any, series: TitleSeries, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [one["code"] for one in series.regions]
        for one in series.regions:
            self.fields[f"seats_{one['code']}"] = forms.IntegerField(
                label=_("Seats: %(region)s") % {"region": in_language(one["names"])},
                min_value=0,
                max_value=20,
                initial=series.seats_per_region,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        seats = {code: cleaned.get(f"seats_{code}", 0) for code in self.codes}
        return {"year": cleaned.get("year"), "seats": seats}


class CallForm(forms.Form):
    """The last day, and words to the states."""

    closes_on = day(label=gettext_lazy("Last day for nominations"))
    words = TextsField(
        label=gettext_lazy("Words to the states"), rows=3, max_length=2000, required=False
    )


class ExpertForm(forms.Form):
    """Who becomes an expert, by the address with which the person signs in."""

    email = forms.EmailField(label=gettext_lazy("E-mail of the expert"))

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("email", "").lower()
        if not email:
            return {}
        expert = Person.objects.filter(email=email, is_active=True).first()
        if expert is None:
            self.add_error("email", _("Nobody signs in with this address. Add the person first."))
        return {"expert": expert}
