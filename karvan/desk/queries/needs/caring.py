"""What waits of monuments: surveys that are due, hours to sign, pictures to take."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation import clock
from karvan.foundation.people.access import RUNNERS, within
from karvan.foundation.people.models import Person
from karvan.foundation.ui import formats
from karvan.stages.heritage.models import ConditionSurvey, Register, TraineeLog

from ...links import link
from .need import MOST, Need, named


def surveys_due(person: Person) -> list[Need]:
    """Registers with monuments whose next survey was due and was not made. Two queries."""
    today = clock.today()
    signed = Q(monuments__surveys__state=ConditionSurvey.State.SIGNED)
    rows = (
        Register.objects.filter(within(person, RUNNERS))
        .values("code", "monuments")
        .annotate(last=Max("monuments__surveys__next_due_on", filter=signed))
        .filter(last__lt=today)
        .order_by("code", "last")
    )
    late: dict[str, list[date]] = {}
    for row in rows:
        late.setdefault(row["code"], []).append(row["last"])
    registers = {one.code: one for one in Register.objects.filter(code__in=late)} if late else {}
    return [
        Need(
            key=f"surveys:{code}",
            sentence=ngettext(
                "%(count)s monument of %(register)s should have been surveyed again.",
                "%(count)s monuments of %(register)s should have been surveyed again.",
                len(found),
            )
            % {"count": formats.number(len(found)), "register": named(registers[code])},
            act=_("See the register"),
            url=link("heritage:register", register=code),
            due=found[0],
            is_late=True,
        )
        for code, found in list(late.items())[:MOST]
    ]


def hours_to_sign(person: Person) -> list[Need]:
    """Projects on which hours wait for the person's signature as supervisor. One query."""
    rows = (
        TraineeLog.objects.filter(supervisor=person, signed_at__isnull=True)
        .order_by()
        .values("work__phase__project__code")
        .annotate(count=Count("pk"), oldest=Min("on"))
        .order_by("oldest")[:MOST]
    )
    return [
        Need(
            key=f"hours:{row['work__phase__project__code']}",
            sentence=ngettext(
                "%(count)s day of trainees' work waits for your signature.",
                "%(count)s days of trainees' work wait for your signature.",
                row["count"],
            )
            % {"count": formats.number(row["count"])},
            act=_("Look at the hours"),
            url=link("heritage:project", code=row["work__phase__project__code"]),
            due=row["oldest"],
        )
        for row in rows
    ]
