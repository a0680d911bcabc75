"""What cannot be done to a meeting, an agreement or a commitment."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.errors import RuleBroken
from karvan.foundation.texts import in_language


class MinutesAgreed(RuleBroken):
    """The minutes were confirmed by all sides; nobody changes them any more."""


class NotAtTheTable(RuleBroken):
    """Only a party of the meeting can do this."""


class WrongState(RuleBroken):
    """The act does not fit the state the thing is in."""


class ReasonMissing(RuleBroken):
    """This act needs a reason."""


class AlreadyPromised(RuleBroken):
    """This sentence has become a commitment before."""


class ChangedMeanwhile(RuleBroken):
    """Somebody else changed the sentence since it was opened; ``item`` is how it stands now."""

    def __init__(self, item: Any) -> None:
        self.item = item
        who = str(item.changed_by) if item.changed_by else _("Somebody")
        super().__init__(
            _("Meanwhile %(person)s wrote: “%(text)s”. Yours is still here; nothing is lost.")
            % {"person": who, "text": in_language(item.texts)}
        )
