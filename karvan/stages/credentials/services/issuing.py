"""Issue certificates to those who earned them: one, or all of an activity."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from karvan.foundation.messages.services import write_message
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import Act, record_many
from karvan.stages.delivery.models import Enrolment
from karvan.stages.editions.models import Activity

from ..access import paper_token
from ..errors import AlreadyIssued, NotEarned
from ..models import Credential, rank_of
from ..queries import Award, award_of, awards_of, standing_in, withheld_in
from .press import press_for


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of issuing to an activity.

    `issued` are new; `standing` had theirs before; `lacking` have not earned one, with what
    lacks; `withheld` had theirs revoked; `waiting` earned one and are left for the next run.
    """

    issued: list[Credential] = field(default_factory=list)
    standing: list[Credential] = field(default_factory=list)
    lacking: list[tuple[Enrolment, Award]] = field(default_factory=list)
    withheld: list[Enrolment] = field(default_factory=list)
    waiting: list[Enrolment] = field(default_factory=list)


@transaction.atomic
def issue_credential(enrolment: Enrolment, *, by: Person | None) -> Credential:
    """Issue to one participant what he or she has earned, sign it and send the letter.

    The name is the one the person confirmed for certificates, else the full name. One whose
    certificate was revoked may be given a new one here, and only here.

    Raises:
        NotEarned: the award rule does not hold; every lack is named.
        AlreadyIssued: the person holds as good a certificate of this activity.
        NoSigningKey: there is nothing to sign with.
    """
    press = press_for(enrolment.activity, by=by)
    award = award_of(enrolment)
    if award.kind is None:
        lacks = pgettext("list", "; ").join(str(lack) for lack in award.missing)
        words = {"person": enrolment.person, "lacks": lacks}
        raise NotEarned(_("%(person)s has not earned a certificate: %(lacks)s.") % words)
    held = standing_in(enrolment.activity).get(enrolment.pk)
    if held and held.rank >= rank_of(award.kind):
        words = {"person": enrolment.person, "number": held.number}
        raise AlreadyIssued(_("%(person)s holds %(number)s already.") % words)
    made = press.make(
        enrolment, kind=award.kind, basis=award.basis, name=enrolment.person.paper_name
    )
    made.save()
    hand_over([made], by=by)
    return made


@transaction.atomic
def issue_for_activity(activity: Activity, *, by: Person | None, most: int | None = None) -> Issued:
    """Issue to everybody who has earned a certificate and has none; safe to run again.

    Whoever holds as good a one keeps it; a better one earned since is issued beside it. Who
    had one revoked gets none here. `most` stops after so many and leaves the rest waiting.

    Raises:
        NoSigningKey: there is nothing to sign with.
    Cost: about 35 ms a certificate.
    """
    press = press_for(activity, by=by)
    held, withheld = standing_in(activity), withheld_in(activity)
    found = Issued()
    for enrolment, award in awards_of(activity):
        own = held.get(enrolment.pk)
        if own and (award.kind is None or own.rank >= rank_of(award.kind)):
            found.standing.append(own)
        elif award.kind is None:
            found.lacking.append((enrolment, award))
        elif own is None and enrolment.pk in withheld:
            found.withheld.append(enrolment)
        elif most is not None and len(found.issued) >= most:
            found.waiting.append(enrolment)
        else:
            name = enrolment.person.paper_name
            found.issued.append(
                press.make(enrolment, kind=award.kind, basis=award.basis, name=name)
            )
    Credential.objects.bulk_create(found.issued, batch_size=100)
    hand_over(found.issued, by=by)
    return found


def hand_over(made: list[Credential], *, by: Person | None) -> None:
    """Write the letters of new certificates, and the acts down. The records hold no names."""
    for one in made:
        if one.person.email:
            write_message(
                "credentials/issued",
                to=one.person,
                key=f"credentials/issued:{one.number}",
                context={
                    "credential": one,
                    "activity": one.activity,
                    "token": paper_token(one),
                    "corrects": one.corrects,
                },
                scope=one.scope,
                by=by,
            )
    acts = [
        Act("issued", one, after={"kind": one.kind, "basis": one.basis, "key": one.key.name})
        for one in made
    ]
    if acts:
        record_many(acts, by=by)
