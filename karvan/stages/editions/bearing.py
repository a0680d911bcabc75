"""Who may bear a budget line: the blueprint names kinds, an edition has partners."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui import formats
from karvan.stages.blueprints.models import Programme

from .models import EditionPartner

_KINDS: dict[str, str | Promise] = {
    "secretariat": gettext_lazy("the programme's owner"),
    "host": gettext_lazy("the host"),
    "partner": gettext_lazy("a partner"),
    "in_kind": gettext_lazy("anybody in kind"),
    "participant": gettext_lazy("the participants"),
}
# A funder and whoever lends a venue are partners in the blueprint's wide sense of the word.
_KIND_OF_PART = {
    EditionPartner.Part.HOST: "host",
    EditionPartner.Part.PARTNER: "partner",
    EditionPartner.Part.FUNDER: "partner",
    EditionPartner.Part.VENUE: "partner",
}


def may_bear(
    kinds: Collection[str], partner: EditionPartner, programme: Programme, *, in_kind: bool
) -> bool:
    """True if a line whose ``share_kinds`` these are may be borne by the partner.

    A line that names no kinds is open to all. In kind is a way of bearing for every partner
    where the blueprint names it, and for none where it does not. The secretariat is the party
    that owns the programme, whatever its part in the edition.
    """
    if not kinds:
        return True
    if in_kind:
        return "in_kind" in kinds
    is_owner = partner.party_id == programme.owner_id
    return _KIND_OF_PART[EditionPartner.Part(partner.part)] in kinds or (
        is_owner and "secretariat" in kinds
    )


def bearers_in_words(kinds: Collection[str]) -> str:
    """Who may bear it, in words: "the host, anybody in kind"."""
    if not kinds:
        return _("any partner")
    return formats.in_a_row(str(_KINDS.get(one, one)) for one in kinds)
