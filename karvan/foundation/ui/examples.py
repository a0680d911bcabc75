"""Invented content for the component page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from karvan.foundation.places.models import Country
from karvan.foundation.records.models import Record
from karvan.foundation.texts import fold, in_language

from .charts import examples as pictures
from .registers import Column, Filter, Pick, Register
from .states import STATES


class ExampleForm(forms.Form):
    """One field of each sort, and a rule to break."""

    name = forms.CharField(label=_("Name as in the passport"), max_length=80)
    year = forms.IntegerField(label=_("Year of birth"), min_value=1950, max_value=2015)
    motivation = forms.CharField(
        label=_("Why you?"),
        help_text=_("In your own words, 50 to 2,000 characters."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    field = forms.ChoiceField(
        label=_("Your field"),
        choices=[("med", _("Medicine")), ("eng", _("Engineering")), ("oth", _("Another"))],
        widget=forms.RadioSelect,
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("AZ", _("Azerbaijan")), ("MA", _("Morocco"))]
    )
    agrees = forms.BooleanField(label=_("I have read how my data are used"))


COLUMNS = [
    Column("names", _("Country"), kind="name", detail=lambda row: row.code),
    Column("region", _("Region"), sort="region"),
    Column("code", _("Code"), sort="code"),
    Column(
        "languages", _("Languages"), value=lambda row: len(row.official_languages), kind="number"
    ),
    Column(
        "state", _("State"), value=lambda row: "kept" if row.currency else "unknown", kind="state"
    ),
    Column("time_zone", _("Time zone"), shown=False),
]


def countries_register(request: HttpRequest) -> Register:
    """A small register of countries."""
    return Register(
        request,
        Country.objects.all(),
        COLUMNS,
        name="countries",
        caption=_("Countries"),
        order=("code",),
        filters=[
            Filter("arab", _("Arab"), Q(region="Arab")),
            Filter("african", _("African"), Q(region="African")),
        ],
        picks=[Pick("currency", _("Currency"), [("AZN", "AZN"), ("MAD", "MAD")], "currency")],
        search=_search,
        empty_title=_("No country yet"),
        empty_text=_("Countries come with the platform."),
        row_url=lambda row: f"{request.path}?q={row.code}",
        page_size=8,
    )


def context(register: Register) -> dict[str, Any]:
    """All that the component page needs."""
    wrong = ExampleForm({"name": "", "year": "1700", "field": "med", "country": "AZ"})
    return {
        "register": register,
        "pipeline": PIPELINE,
        "states": list(STATES),
        "form": wrong,
        "records": Record.objects.all(),
        "names": {"en": "Ministry of Youth", "ar": "وزارة الشباب", "az": "Gənclər Nazirliyi"},
        "partners": [in_language(texts) for texts in PARTNERS],
        "day": date(2026, 12, 19),
        "moment": datetime(2026, 12, 19, 10, 3, tzinfo=UTC),
        "steps": STEPS,
        "gantt": pictures.gantt(),
        "route": pictures.route(),
    }


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Countries whose name in any language holds the words."""
    wanted = fold(words)
    found = [row.pk for row in rows if any(wanted in fold(name) for name in row.names.values())]
    return rows.filter(pk__in=found)


def _stage(title: Any, state: str, note: Any = "", present: bool = False) -> SimpleNamespace:
    return SimpleNamespace(title=title, url="#main", state=state, note=note, present=present)


PARTNERS = [
    {
        "en": "National Commission",
        "fr": "Commission nationale",
        "ar": "اللجنة الوطنية",
        "az": "Milli Komissiya",
    },
    {
        "en": "Ministry of Youth",
        "fr": "Ministère de la jeunesse",
        "ar": "وزارة الشباب",
        "az": "Gənclər Nazirliyi",
    },
]
STEPS = [
    _stage(_("About you"), "done"),
    _stage(_("Your idea"), "in_progress", present=True),
    _stage(_("Check and send"), "open"),
]
PIPELINE = SimpleNamespace(
    edition_title="TVP/AZ-2026",
    country=_("Azerbaijan"),
    url="#main",
    stages=[
        _stage(_("Agreement"), "kept"),
        _stage(_("Design"), "done"),
        _stage(_("Edition"), "changed", _("two departures")),
        _stage(_("Call"), "in_progress", _("closes in 12 days"), present=True),
        _stage(_("Review"), "waiting"),
        _stage(_("Selection"), "open"),
        _stage(_("Timetable"), "draft"),
        _stage(_("Delivery"), "open"),
        _stage(_("Ventures"), "unknown"),
        _stage(_("Credentials"), "locked"),
        _stage(_("Report"), "late", _("12 days")),
    ],
)
