"""Badges on paper: eight on a sheet of A4, names in both scripts, a code that opens one's programme."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.foundation.ui.sheets.typesetting import typeset_anyhow
from karvan.stages.timetables.feeds import language_here

from .models import Symposium
from .queries.programme_badges import Badge

TEMPLATE = Path(__file__).parent / "paper" / "programme_badges.typ"


def badges_pdf(symposium: Symposium, badges: Iterable[Badge], *, made_at: datetime) -> bytes:
    """The sheets as a tagged PDF in the active language. The code holds an address and no name."""
    activity = symposium.activity
    place = [activity.edition.slug, activity.code]
    address = settings.SITE_ADDRESS + reverse("convening:my_programme", args=place)
    does = {"chair": _("Chair"), "speaker": _("Speaker"), "attends": _("Participant")}
    days = [day for day in (activity.starts_on, activity.ends_on) if day]
    values = {
        "language": language_here(),
        "title": in_language(activity.titles),
        "days": formats.days_in_words(days[0], days[-1]) if days else "",
        "code": _code(address),
        "code_says": _("Code with the address of one's own programme"),
        "empty": _("Nobody is enrolled and nobody speaks yet."),
        "badges": [
            {
                "name": one.person.full_name,
                "own": one.own,
                "institution": one.institution,
                "country": one.country,
                "does": does[one.does],
            }
            for one in badges
        ],
    }
    return typeset_anyhow(TEMPLATE, values, made_at=made_at, standards=("ua-1",))


def _code(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue().decode()
