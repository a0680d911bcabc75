"""Whether what was promised was kept by its day."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from karvan.stages.agreements.models import Commitment
from karvan.stages.editions.models import Edition

from ..ledger import ledger
from .counting import UNKNOWN, Counted, Slice, Span, share, shares


def commitments_on_time(span: Span) -> tuple[Counted, ...]:
    """COMMIT: kept as promised and by their date, among those that had fallen due.

    Changed, late, dropped and unknown ones are due and not kept on time. Unknown while
    nothing has fallen due. Cost: the ledger's queries and two more.
    """
    rows = _of_scope(span).filter(due_on__lte=span.day)
    lines = ledger(rows.select_related("owner__country"), as_of=span.day).lines
    if not lines:
        return (Counted(None, note=_("No commitment has fallen due.")),)
    kept = [line.commitment.pk for line in lines if line.is_on_time]
    by = {
        "country": shares(
            (line.commitment.owner.country_id or UNKNOWN, line.is_on_time) for line in lines
        )
    }
    slices = (
        Slice("kept", _("Kept on time"), Q(pk__in=kept), len(kept)),
        Slice("due", _("Fallen due"), Q(), len(lines)),
    )
    value = share(len(kept), len(lines))
    return (Counted(value, len(kept), len(lines), by, "", rows, slices),)


def _of_scope(span: Span) -> QuerySet[Commitment]:
    """The commitments of a programme, or those that one edition is to fulfil."""
    if not span.scope:
        return Commitment.objects.all()
    programme, _slash, edition = span.scope.partition("/")
    if not edition:
        mine = Q(scope=programme) | Q(programmes__code=programme) | Q(terms__programme=programme)
    else:
        country = Edition.objects.filter(scope=span.scope).values_list("country_id", flat=True)
        mine = Q(fulfilments__edition__scope=span.scope) | Q(
            terms__programme=programme, terms__country__in=list(country)
        )
    reached = Commitment.objects.filter(mine).values("pk")
    return Commitment.objects.filter(pk__in=reached)
