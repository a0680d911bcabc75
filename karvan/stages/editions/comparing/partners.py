"""A partner beside the plan: there on the same terms, on others, gone, or come later."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.records.models import Record
from karvan.foundation.ui import formats

from ..models import EditionPartner, PlanLine
from .comparison import Comparison


def partner(
    name: str, line: PlanLine, now: EditionPartner | None, left: Record | None
) -> Comparison:
    """A partner of the plan: still there on the same terms, on others, or gone."""
    part = EditionPartner.Part(line.key.rpartition("/")[2]).label
    planned = _terms(str(part), **line.planned)
    if now is None:
        gone, reason = _("gone"), ""
        if left is not None:
            gone = _("left on %(day)s") % {"day": formats.date_in_words(left.at.date())}
            reason = left.reason
        return Comparison(
            "partner", name, planned, gone, "dropped", _("left"), "", reason, line.key
        )
    actual = _terms(
        str(part),
        reserved_seats=now.reserved_seats,
        amount=None if now.amount is None else f"{now.amount:f}",
        currency=now.currency,
    )
    if actual == planned:
        return Comparison("partner", name, planned, actual, "kept", _("as planned"), key=line.key)
    detail = _seats_changed(line.planned["reserved_seats"], now.reserved_seats)
    return Comparison(
        "partner", name, planned, actual, "changed", _("changed"), detail, key=line.key
    )


def partner_joined(now: EditionPartner) -> Comparison:
    """A partner that came after the plan was frozen."""
    since = formats.date_in_words(now.joined_on) if now.joined_on else _("unknown")
    return Comparison(
        "partner",
        str(now.party),
        _("not in the plan"),
        str(now.get_part_display()),
        "changed",
        _("joined later"),
        _("since %(day)s") % {"day": since},
    )


def _terms(part: str, *, reserved_seats: int, amount: str | None, currency: str) -> str:
    said = [part]
    if reserved_seats:
        said.append(
            ngettext("%(count)s reserved place", "%(count)s reserved places", reserved_seats)
            % {"count": formats.number(reserved_seats)}
        )
    if amount is not None:
        said.append(formats.money(Decimal(amount), currency))
    return ", ".join(said)


def _seats_changed(before: int, after: int) -> str:
    if before == after:
        return ""
    words = {"before": formats.number(before), "after": formats.number(after)}
    return _("reserved places: %(before)s → %(after)s") % words
