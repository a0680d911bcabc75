"""The completion file of a restoration on paper: what was, what was done, what it is now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.files.services import open_file
from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats
from karvan.foundation.ui.sheets import (
    Column,
    Facts,
    Figure,
    Heading,
    NewPage,
    Paragraph,
    Sheet,
    Signature,
    Signatures,
    Table,
    render_sheet,
)
from karvan.stages.dossiers.drawing.paper_photo import paper_photo
from karvan.stages.heritage.models import ConditionSurvey, RestorationProject, SitePhoto
from karvan.stages.heritage.projects_words import trade_word, unit_word
from karvan.stages.heritage.queries import projects as queries
from karvan.stages.heritage.queries.surveys import names_of, risk_of_survey, signed_surveys
from karvan.stages.heritage.queries.trainees import totals_of
from karvan.stages.heritage.surveys_words import class_word

LANGUAGES = ("en", "fr", "ar", "az")


def completion_pdf(project: RestorationProject) -> bytes:
    """The completion file as PDF/UA on A4 in the active language, as of now.

    Phases, permits, works, money, pictures before and after, surveys, trainees. No coordinates.
    Cost: about 1 s, and 30 ms a picture.
    """
    language = (get_language() or "en").split("-")[0]
    language = language if language in LANGUAGES else "en"
    with override(language):
        blocks: list[Any] = [_head(project)]
        for part in (_phases, _permits, _surveys, _works, _money, _pictures, _trainees):
            blocks += part(project)
        blocks.append(
            Signatures(
                (
                    Signature(str(project.client or ""), _("Client")),
                    Signature(str(project.designer or ""), _("Designer")),
                    Signature(str(project.contractor or ""), _("Contractor")),
                )
            )
        )
        return render_sheet(
            Sheet(
                title=in_language(project.titles),
                language=language,
                blocks=tuple(blocks),
                made_at=clock.now(),
                over=in_language(project.monument.names),
                under=_("Completion file, as of %(day)s")
                % {"day": formats.date_in_words(clock.today())},
                reference=project.code,
            )
        )


def _head(project: RestorationProject) -> Facts:
    monument = project.monument
    before = queries.survey_before_works(project)
    after = queries.survey_after_works(project)
    named = {
        _("State"): project.get_state_display(),
        _("Number in the register"): monument.national_id,
        _("Client"): str(project.client or ""),
        _("Designer"): str(project.designer or ""),
        _("Contractor"): str(project.contractor or ""),
        _("From"): formats.date_in_words(project.starts_on) if project.starts_on else "",
        _("Until"): formats.date_in_words(project.ends_on) if project.ends_on else "",
        _("Accepted"): formats.date_in_words(project.accepted_on) if project.accepted_on else "",
        _("Class before the works"): class_word(before.condition) if before else "?",
        _("Class after the works"): class_word(after.condition) if after else "?",
    }
    return Facts(tuple((name, str(value)) for name, value in named.items() if value))


def _phases(project: RestorationProject) -> list[Any]:
    rows = [
        (
            one.get_kind_display(),
            _days(one.planned_from, one.planned_to),
            _days(one.actual_from, one.actual_to),
            f"{one.get_state_display()}{': ' + one.reason if one.reason else ''}",
        )
        for one in queries.phases_of(project)
    ]
    heads = (_("Phase"), _("Planned"), _("Took place"), _("State"))
    return [Heading(_("Phases")), _table(heads, rows)] if rows else []


def _permits(project: RestorationProject) -> list[Any]:
    rows = [
        (one.number, one.authority, one.covers, _days(one.granted_on, one.valid_to))
        for one in queries.permits_of(project)
    ]
    heads = (_("Number"), _("Authority"), _("What it covers"), _("In force"))
    return [Heading(_("Permits")), _table(heads, rows)] if rows else []


def _surveys(project: RestorationProject) -> list[Any]:
    found = list(signed_surveys(project.monument).order_by("on", "pk"))
    extents = names_of("extent", {one.extent for one in found} - {""})
    rows = [
        (
            formats.date_in_words(one.on),
            class_word(one.condition),
            extents.get(one.extent, "?"),
            risk_of_survey(one).word,
            _surveyor(one),
        )
        for one in found
    ]
    heads = (_("Survey"), _("Class"), _("Extent"), _("Risk"), _("Made by"))
    return [Heading(_("Surveys")), _table(heads, rows)] if rows else []


def _works(project: RestorationProject) -> list[Any]:
    found = queries.priced_works(project)
    if not found.lines:
        return []
    rows = [
        (
            item.number,
            f"{item.treatment} · {item.element}",
            str(item.advice.kind) if item.advice else item.reason,
            f"{formats.number(item.quantity.normalize())} {unit_word(item.unit)}",
            "?" if cost is None else formats.money(cost, project.currency),
            item.get_state_display(),
        )
        for item, cost in found.lines
    ]
    rows.append(("", _("In all"), "", "", formats.money(found.total, project.currency), ""))
    heads = (_("No."), _("Treatment"), _("Why"), _("Quantity"), _("Price"), _("State"))
    blocks: list[Any] = [Heading(_("Works")), _table(heads, rows, frozenset({3, 4}), total=True)]
    if found.unpriced:
        words = _("Works without a price, in no sum: %(many)s.")
        blocks.append(Paragraph(words % {"many": found.unpriced}, quiet=True))
    return blocks


def _money(project: RestorationProject) -> list[Any]:
    found = queries.money_of(project)
    if not found.lines:
        return []

    def said(amount: Decimal) -> str:
        return formats.money(amount, project.currency)

    blocks: list[Any] = [Heading(_("Money"))]
    for head, sums in ((_("Phase"), found.by_phase), (_("Funder"), found.by_funder)):
        rows = [
            (one.name or _("In all"), said(one.planned), said(one.committed), said(one.paid))
            for one in (*sums, found.total)
        ]
        heads = (head, _("Planned"), _("Committed"), _("Paid"))
        blocks.append(_table(heads, rows, frozenset({1, 2, 3}), total=True))
    return blocks


def _pictures(project: RestorationProject) -> list[Any]:
    blocks: list[Any] = []
    for seen in queries.viewpoints_of(project):
        shots = [one for one in (seen.before, *seen.during, seen.after) if one is not None]
        if not shots:
            continue
        blocks.append(Heading(in_language(seen.viewpoint.names), level=3))
        blocks += [_figure(one, in_language(seen.viewpoint.names)) for one in shots]
    return [NewPage(), Heading(_("Before, during and after")), *blocks] if blocks else []


def _figure(shot: SitePhoto, name: str) -> Figure:
    said = f"{shot.get_moment_display()}, {formats.date_in_words(shot.taken_on)}"
    if shot.operator:
        said += f", {shot.operator}"
    if not shot.has_scale:
        said += f" ({_('without a scale')})"
    with open_file(shot.file) as file:
        return Figure(paper_photo(file, ()), f"{name}: {said}", caption=said, share=60)


def _trainees(project: RestorationProject) -> list[Any]:
    lines = totals_of(project)
    if not lines:
        return []
    rows = [
        (
            str(one["enrolment"].person),
            trade_word(one["worked"].trade),
            formats.number(one["worked"].signed, digits=1),
            formats.number(len(one["worked"].elements)),
            str(one["worked"].level or "–"),
            _("yes") if one["has_enough"] else _("not yet"),
        )
        for one in lines
    ]
    heads = (_("Name"), _("Trade"), _("Signed hours"), _("Elements"), _("Level"), _("Enough"))
    return [Heading(_("Trained on it")), _table(heads, rows, frozenset({2, 3, 4}))]


def _surveyor(survey: ConditionSurvey) -> str:
    who = survey.surveyor_name or str(survey.surveyor or "?")
    return f"{who}, {survey.surveyor_party}" if survey.surveyor_party else who


def _days(first: Any, last: Any) -> str:
    if first and last:
        return formats.days_in_words(first, last)
    return formats.date_in_words(first or last) if first or last else "–"


def _table(
    heads: tuple[str, ...],
    rows: list[tuple[Any, ...]],
    numeric: frozenset[int] = frozenset(),
    *,
    total: bool = False,
) -> Table:
    columns = tuple(Column(head, numeric=at in numeric) for at, head in enumerate(heads))
    return Table(columns, tuple(tuple(str(cell) for cell in row) for row in rows), total=total)
