"""Keep figures as they stand, so that a report sent today can be opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Edition

from .grids import Grid, as_words, figure_grids, ledger_grids
from .models import Rebase, Report
from .queries.indicators import Figure, design_of, indicators
from .queries.ledger import ledger


@transaction.atomic
def make_report(scope: str, *, by: Person | None, as_of: datetime | None = None) -> Report:
    """Keep the indicators of a programme or an edition as they stand; returns the report.

    Words are kept in the active language; values apart from them, for machines.
    """
    moment = as_of or clock.now()
    figures = indicators(scope, as_of=moment)
    kind = Report.Kind.EDITION if "/" in scope else Report.Kind.INDICATORS
    values = [
        {
            "key": one.key,
            "value": one.value,
            "numerator": one.numerator,
            "denominator": one.denominator,
        }
        for one in figures
    ]
    grids = figure_grids(figures, design_of(scope))
    return _kept(kind, scope, "", grids, values, moment, by)


@transaction.atomic
def make_ledger_report(
    commitments: Iterable[Commitment], *, subject: str, scope: str, by: Person | None
) -> Report:
    """Keep the promise ledger of a meeting or an agreement, named by its code, as it stands."""
    moment = clock.now()
    found = ledger(commitments)
    values = [
        {
            "commitment": line.commitment.code,
            "marks": list(line.marks),
            "delivered_on": line.delivered_on.isoformat() if line.delivered_on else None,
            "days_late": line.days_late,
        }
        for line in found.lines
    ]
    return _kept(Report.Kind.LEDGER, scope, subject, ledger_grids(found), values, moment, by)


@transaction.atomic
def record_rebases(
    edition: Edition,
    *,
    codes: Collection[str],
    before: Mapping[str, Figure],
    after: Mapping[str, Figure],
    versions: tuple[int, int],
    by: Person | None,
) -> list[Rebase]:
    """Keep both figures of each indicator that is defined otherwise from now on.

    ``before`` and ``after`` are the edition's figures by key under the version it stood on and
    under the one it took, of the same moment; ``versions`` are the two numbers.
    """
    keys = [key for key in dict.fromkeys([*before, *after]) if key.partition("-")[0] in codes]
    made = [
        Rebase.objects.create(
            edition=edition,
            indicator=key,
            before=_as_figure(before.get(key), versions[0]),
            after=_as_figure(after.get(key), versions[1]),
            at=clock.now(),
            made_by=by,
        )
        for key in keys
    ]
    if made:
        record("indicators rebased", edition, by=by, after={"indicators": keys})
    return made


def _as_figure(figure: Figure | None, version: int) -> dict[str, Any] | None:
    """A figure as it is kept; None where the version has no such indicator."""
    if figure is None:
        return None
    return {
        "version": version,
        "definition": dict(figure.indicator.get("definition", {})),
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "target": figure.target,
        "baseline": figure.baseline,
    }


def is_as_kept(report: Report) -> bool:
    """True if the report's data still have the hash that was written with them."""
    return report.sha256 == _hash(report.data)


def _kept(
    kind: str,
    scope: str,
    subject: str,
    grids: Iterable[Grid],
    values: list[dict[str, Any]],
    moment: datetime,
    by: Person | None,
) -> Report:
    data = {
        "language": (get_language() or "en").split("-")[0],
        "tables": as_words(tuple(grids)),
        "values": values,
    }
    report = Report.objects.create(
        kind=kind,
        scope=scope,
        subject=subject,
        as_of=moment,
        data=data,
        sha256=_hash(data),
        made_by=by,
    )
    record("made report", report, by=by, after={"kind": kind, "sha256": report.sha256})
    return report


def _hash(data: Mapping[str, Any]) -> str:
    """SHA-256 of the data as JSON with sorted keys and no blanks, in UTF-8."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
