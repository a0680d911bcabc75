"""How votes and quorums were reckoned, in words of the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from karvan.foundation.ui.formats import number

from .models import Base, Majority, VoteEvent
from .queries.hall_quorum import Quorum

OPTIONS = ("yes", "no", "abstain", "objection")


def option_word(option: str, event: VoteEvent | None = None) -> str:
    """What an option is called: for, against, abstaining; a name in an election."""
    words = {
        "yes": pgettext("vote", "For"),
        "no": pgettext("vote", "Against"),
        "abstain": _("Blank") if event is not None and event.is_election else _("Abstaining"),
        "objection": _("Objection"),
        "absent": _("Did not vote"),
    }
    return words.get(option, option)


def quorum_words(quorum: Quorum) -> str:
    """How the quorum was reckoned: rule, base, how many are needed and how many there are."""
    share = {"numerator": number(quorum.numerator), "denominator": number(quorum.denominator)}
    rule = (
        _("more than %(numerator)s of %(denominator)s") % share
        if quorum.is_more_than
        else _("at least %(numerator)s of %(denominator)s") % share
    )
    said = _(
        "In the hall: %(present)s. Needed: %(needed)s, which is %(rule)s of %(base)s (%(counted)s)."
    ) % {
        "present": number(quorum.present),
        "needed": number(quorum.needed),
        "rule": rule,
        "base": number(quorum.base),
        "counted": Base(quorum.counted_on).label,
    }
    if not quorum.is_reached:
        said += " " + _("Missing: %(missing)s.") % {"missing": number(quorum.missing)}
    return said


def counts_words(event: VoteEvent) -> str:
    """The counts of a closed vote, in a row."""
    counts = dict(event.counts)
    keys = [*event.options, *(key for key in counts if key not in event.options)]
    told = [f"{option_word(key, event)}: {number(counts[key])}" for key in keys if key in counts]
    return ", ".join(told)


def reckoning_words(event: VoteEvent) -> str:
    """How a closed vote came to its result; what was kept as text where it was not reckoned here."""
    kept: dict[str, Any] = event.reckoned
    if event.result == VoteEvent.Result.OPEN:
        return ""
    if event.result == VoteEvent.Result.VOID or not kept:
        return event.result_reason
    if event.is_election:
        return _election_words(event, kept)
    if event.requirement == Majority.CONSENSUS:
        return (
            _("Objections: %(count)s. One is enough against a consensus.")
            % {"count": number(kept["no"])}
            if kept["no"]
            else _("Nobody objected.")
        )
    said = {
        "needed": number(kept["needed"]),
        "out_of": number(kept["out_of"]),
        "majority": Majority(event.requirement).label,
        "yes": number(kept["yes"]),
    }
    words = (
        _("Needed in favour: %(needed)s out of %(out_of)s (%(majority)s). In favour: %(yes)s.")
        % said
    )
    if kept.get("abstain"):
        words += " " + (
            _("Who abstained counts as voting.")
            if kept["abstention_is_voting"]
            else _("Who abstained does not count as voting.")
        )
    return words


def _election_words(event: VoteEvent, kept: dict[str, Any]) -> str:
    said = {
        "needed": number(kept["needed"]),
        "out_of": number(kept["out_of"]),
        "majority": Majority(event.requirement).label,
    }
    words = _("Needed: %(needed)s out of %(out_of)s (%(majority)s).") % said
    if kept["elected"]:
        return words + " " + _("Elected: %(name)s.") % {"name": kept["elected"]}
    names = ", ".join(kept["goes_on"])
    return words + " " + _("Nobody is elected. The next round: %(names)s.") % {"names": names}
