"""What those who attend want to hear."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record
from karvan.foundation.ui.formats import datetime_in_words
from karvan.stages.delivery.models import Enrolment

from ..errors import NotOfThisSession, WrongState
from ..models import Paper, Symposium, Wish


@transaction.atomic
def wish_papers(enrolment: Enrolment, *, papers: Collection[int], by: Person | None) -> int:
    """Say which papers somebody who attends wants to hear, instead of those said before.

    Returns how many papers are wished for now.

    Raises:
        WrongState: the time for wishes is over, or the person has left.
        NotOfThisSession: a paper is of another symposium, or is not in the programme.
    """
    symposium = Symposium.objects.select_related("activity__edition").get(
        activity=enrolment.activity_id
    )
    enrolment = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if enrolment.state == Enrolment.State.LEFT:
        raise WrongState(_("You have left this symposium."))
    until = symposium.wishes_until
    if until is not None and clock.now() > until:
        zone = symposium.activity.edition.time_zone
        raise WrongState(
            _("Wishes were taken until %(until)s. Those you had then stand.")
            % {"until": datetime_in_words(until, zone=zone)}
        )
    wanted = set(papers)
    accepted = (Paper.State.TALK, Paper.State.POSTER)
    offered = set(
        symposium.papers.filter(pk__in=wanted, state__in=accepted).values_list("pk", flat=True)
    )
    if wanted - offered:
        raise NotOfThisSession(
            _(
                "A paper you chose is not given at this symposium any more. Choose among those listed."
            )
        )
    held = set(Wish.objects.filter(enrolment=enrolment).values_list("paper_id", flat=True))
    Wish.objects.filter(enrolment=enrolment, paper__in=held - wanted).delete()
    Wish.objects.bulk_create(Wish(enrolment=enrolment, paper_id=pk) for pk in sorted(wanted - held))
    if wanted != held:
        record("wished papers", enrolment, by=by, after={"papers": len(wanted)})
    return len(wanted)
