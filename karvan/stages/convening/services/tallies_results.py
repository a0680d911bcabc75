"""What came of a vote that others took, judged by the rule of the hall."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ..hall_majorities import Count, judge
from ..models import Majority, VoteEvent


def reckoned(
    counts: Mapping[str, int], requirement: str, *, base: int, abstention_is_voting: bool = False
) -> tuple[str, str]:
    """The result of a vote and the sum behind it, fit to show; see ``hall_majorities.judge``.

    ``base`` is what "more than half of the base" is counted on.
    """
    yes, no = counts.get("yes", 0), counts.get("no", 0)
    count = Count(yes, no, counts.get("abstain", 0), base)
    judgement = judge(requirement, count, abstention_is_voting=abstention_is_voting)
    result = VoteEvent.Result.ADOPTED if judgement.is_carried else VoteEvent.Result.REJECTED
    said = _("For %(yes)d, against %(no)d, counted on %(of)d; needed: %(majority)s")
    majority = Majority(requirement).label
    out_of = judgement.out_of or yes + no
    return str(result), said % {"yes": yes, "no": no, "of": out_of, "majority": majority}
