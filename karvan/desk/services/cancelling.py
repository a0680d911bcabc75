"""Acts that span stages. The desk has them, because no stage may call a later one."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.stages.calls.services import cancel_call
from karvan.stages.editions import services as editions
from karvan.stages.editions.models import Edition
from karvan.stages.reviews.services import close_round
from karvan.stages.selection.services import withdraw_offer
from karvan.stages.timetables.services import cancel_session

from ..errors import EditionOver, ReasonMissing
from ..queries.cancelling import (
    Consequences,
    consequences_of,
    open_offers,
    open_rounds,
    people_told,
    sessions_ahead,
    standing_calls,
)

OVER = (Edition.State.CLOSED, Edition.State.CANCELLED)


@transaction.atomic
def cancel_edition(edition: Edition, *, reason: str, by: Person | None) -> Consequences:
    """Call an edition off in every stage, the last stage first, and return what was done.

    Sessions that have not ended are cancelled and stay in calendars as cancelled, open
    offers are withdrawn, open readings closed, calls cancelled, then the edition. Everybody
    with a part in it gets one letter: applicants that of the call, all others that of the
    edition. What has happened already stays as it is.

    Raises:
        ReasonMissing: no reason was given.
        EditionOver: it is closed or cancelled already.

    Cost: about ten queries a session, an offer and a letter.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state in OVER:
        raise EditionOver(_("This edition is over; there is nothing left to cancel."))
    if not reason.strip():
        raise ReasonMissing(_("Say why the edition is cancelled. People will read it."))
    done = consequences_of(edition, by=by)
    told = list(people_told(edition, by=by))

    for session in list(sessions_ahead(edition)):
        cancel_session(session, reason=reason, tell=False, by=by)
    for offer in list(open_offers(edition)):
        withdraw_offer(offer, reason=reason, next_comes_in=False, by=by)
    for round in list(open_rounds(edition)):
        close_round(round, by=by)
    for call in list(standing_calls(edition)):
        cancel_call(call, reason=reason, by=by)
    for person in told:
        _tell(person, edition, reason, by)
    editions.cancel_edition(edition, reason=reason, by=by)
    record("cancelled in all stages", edition, by=by, after=asdict(done), reason=reason)
    return done


def _tell(person: Person, edition: Edition, reason: str, by: Person | None) -> None:
    write_message(
        "desk/edition_cancelled",
        to=person,
        key=f"desk/edition_cancelled:{edition.pk}:{person.pk}",
        context={"edition": edition, "reason": reason},
        scope=edition.scope,
        by=by,
    )
