"""What the room shows of the committee: signatures, dissents, the seal, and whether names are shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from karvan.foundation.people.models import Person

from .committee_forms import DissentForm
from .forms import ReasonForm, SendForm, SignForm
from .models import Appeal, Dissent, SelectionRun, SignOff
from .naming import is_blind
from .sealing import verify_seal


def committee_shown(run: SelectionRun, person: Person) -> dict[str, Any]:
    """What the signing part of the room needs, for one run and who looks at it.

    Cost: five queries, and for a signed run one reading of its document.
    """
    prefetch_related_objects(
        [run],
        Prefetch("signoffs", SignOff.objects.select_related("person")),
        Prefetch("dissents", Dissent.objects.select_related("person")),
    )
    signoffs, dissents = list(run.signoffs.all()), list(run.dissents.all())
    offers = run.offers.count()
    return {
        "signoffs": signoffs,
        "has_signed": any(one.person_id == person.pk for one in signoffs),
        "dissents": dissents,
        "has_dissented": any(one.person_id == person.pk for one in dissents),
        "seal_faults": verify_seal(run),
        "is_blind": is_blind(run),
        "offers": offers,
        "appeals": Appeal.objects.filter(decision__run=run).count() if offers else 0,
        "sign_form": SignForm(),
        "dissent_form": DissentForm(),
        "lift_form": ReasonForm(),
        "send_form": SendForm(),
        "reason_form": ReasonForm(),
    }
