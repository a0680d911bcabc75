"""What workshops leave behind: dossiers released, rebuilt by others, and bought locally."""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean, median

from django.db.models import Q
from django.utils.translation import gettext as _

from karvan.foundation.ui import formats
from karvan.stages.dossiers.bom_queries import costs
from karvan.stages.dossiers.models import Dossier, DossierVersion, Rebuild

from .counting import UNKNOWN, Counted, Part, Slice, Span, counts, ordered, share, shares

EDITION = "activity__edition"


def released(span: Span) -> tuple[Counted, ...]:
    """DOS: dossiers released among those begun, by kind of device; the median score in the note.

    Begun is every dossier that was not withdrawn. Two queries.
    """
    rows = Dossier.objects.filter(span.editions(EDITION), created_at__lte=span.as_of).exclude(
        state=Dossier.State.WITHDRAWN
    )
    kinds = dict(rows.values_list("pk", "device_type__code"))
    if not kinds:
        return (Counted(None, note=_("No dossier is begun yet.")),)
    scores: dict[int, int] = {}
    out = DossierVersion.objects.filter(dossier__in=list(kinds), released_at__lte=span.as_of)
    for pk, score in out.order_by("released_at").values_list("dossier_id", "score"):
        scores[pk] = score
    by = {"device_type": shares((kind or UNKNOWN, pk in scores) for pk, kind in kinds.items())}
    slices = (
        Slice("released", _("Released"), Q(pk__in=list(scores)), len(scores)),
        Slice("begun", _("Begun"), Q(), len(kinds)),
    )
    note = (
        _("Median score of those released: %(score)s of 100.")
        % {"score": formats.number(median(scores.values()))}
        if scores
        else ""
    )
    value = share(len(scores), len(kinds))
    return (Counted(value, len(scores), len(kinds), by, note, rows, slices),)


def rebuilds(span: Span) -> tuple[Counted, ...]:
    """REPRO: rebuilds by others that were confirmed, by the country they were built in. One query.

    Unknown while nothing is released: nobody could have built anything.
    """
    releases = DossierVersion.objects.filter(
        span.editions(f"dossier__{EDITION}"), released_at__lte=span.as_of
    )
    if not releases.exists():
        return (Counted(None, note=_("No dossier is released yet.")),)
    rows = Rebuild.objects.filter(version__in=releases, confirmed_at__lte=span.as_of)
    where = list(rows.values_list("country_id", flat=True))
    slices = (Slice("rebuilds", _("Confirmed rebuilds"), Q(), len(where)),)
    return (Counted(len(where), len(where), None, {"country": counts(where)}, "", rows, slices),)


def local_value(span: Span) -> tuple[Counted, ...]:
    """LOCAL: the share of a bill's value bought locally, the mean over all bills with a price.

    Each bill counts as its own page of costs reckons it, in its dossier's currency, and alike,
    since bills of several countries are in several currencies. A line without a price is in
    neither half; the note says how many there are. Two queries a dossier and one more.
    """
    rows = Dossier.objects.filter(span.editions(EDITION)).exclude(state=Dossier.State.WITHDRAWN)
    found: dict[int, float] = {}
    by: dict[str, list[float]] = defaultdict(list)
    unpriced = 0
    for dossier in rows.select_related("device_type"):
        reckoned = costs(dossier)
        unpriced += len(reckoned.unpriced)
        if reckoned.local_value_share is not None:
            found[dossier.pk] = float(reckoned.local_value_share) / 100
            kind = dossier.device_type.code if dossier.device_type else UNKNOWN
            by[kind].append(found[dossier.pk])
    if not found:
        return (Counted(None, note=_("No line of a bill of materials has a price.")),)
    groups = {key: Part(fmean(by[key])) for key in ordered(by)}
    note = _("Mean of %(bills)s bills; lines without a price: %(lines)s.") % {
        "bills": formats.number(len(found)),
        "lines": formats.number(unpriced),
    }
    counted = rows.filter(pk__in=list(found))
    slices = (Slice("priced", _("Bills with prices"), Q(), len(found)),)
    return (
        Counted(fmean(found.values()), None, None, {"device_type": groups}, note, counted, slices),
    )
