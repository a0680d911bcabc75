"""What each state of a dossier asks for: everything that is missing, each in a sentence.

The guards only read. ``services/states.py`` asks them in the transaction that moves a dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.stages.delivery.models import Attendance
from karvan.stages.delivery.queries import CAME
from karvan.stages.editions.models import Activity
from karvan.stages.editions.queries import activity_document

from . import gates
from .bench_queries import Progress, progress_of
from .models import Dossier, GateCheck, PeerReview, Requirement, Risk, TestRun

State = Dossier.State
LEAST_SHARE = 60  # per cent of each of the sections 1 to 7
LEAST_SCORE = 70
LEAST_REQUIREMENTS = 5
LEAST_ALTERNATIVES = 2
BRIEFING = "safety_briefing"  # the gate of the session of the design
DOCUMENTED_SECTIONS = range(1, 8)


def missing_for(dossier: Dossier, to: str) -> list[str]:
    """All that is missing before the dossier may go to the state ``to``, in sentences.

    Empty when nothing is. It does not ask whether that step leads from the present state.
    """
    guard = GUARDS.get(to)
    return guard(dossier) if guard else []


def for_clearing(dossier: Dossier) -> list[str]:
    """The blocking items in order, the papers of the device, everybody briefed."""
    return [*gates_missing(dossier), *_papers_missing(dossier), *_briefing_missing(dossier)]


def for_teardown(dossier: Dossier) -> list[str]:
    """The function test is written down, and what was cleared still holds."""
    lacks = gates_missing(dossier)
    if not str(dossier.function_test.get("works") or "").strip():
        lacks.append(_("The function test before opening is not written down."))
    return lacks


def for_documenting(dossier: Dossier) -> list[str]:
    """Sections 1 to 7 are mostly there, the diagram was reviewed, every step has a picture."""
    lacks = [
        _("%(section)s is at %(share)s%%; %(least)s%% is asked for.")
        % {"section": one.section.title, "share": one.percent, "least": LEAST_SHARE}
        for one in _progress(dossier).completeness.sections
        if one.section.number in DOCUMENTED_SECTIONS and one.percent < LEAST_SHARE
    ]
    return [*lacks, *_review_missing(dossier), *_pictures_missing(dossier)]


def for_redesign(dossier: Dossier) -> list[str]:
    """Enough requirements, enough alternatives, and a decision."""
    lacks = []
    requirements = dossier.requirements.count()
    if requirements < LEAST_REQUIREMENTS:
        lacks.append(
            _("There are %(found)s requirements; at least %(least)s are asked for.")
            % {"found": requirements, "least": LEAST_REQUIREMENTS}
        )
    alternatives = dossier.alternatives.count()
    if alternatives < LEAST_ALTERNATIVES:
        lacks.append(
            _("There are %(found)s alternatives; at least %(least)s are asked for.")
            % {"found": alternatives, "least": LEAST_ALTERNATIVES}
        )
    if not dossier.alternatives.filter(chosen=True).exists():
        lacks.append(_("No alternative is chosen yet."))
    return lacks


def for_verifying(dossier: Dossier) -> list[str]:
    """What matters was shown, and no risk that remains is unacceptable."""
    lacks = []
    if dossier.state == State.DOCUMENTED and dossier.redesigns:
        lacks.append(
            _(
                "This dossier goes on to a redesign. Do that first, or say that it stops at the teardown."
            )
        )
    return [*lacks, *_requirements_missing(dossier), *_risks_missing(dossier)]


def for_releasing(
    dossier: Dossier, *, licences: Mapping[str, str] | None = None, score: int | None = None
) -> list[str]:
    """The score, the licences where the caller names them, and the signed items of law and IP."""
    found = _progress(dossier).completeness.score if score is None else score
    lacks = []
    if found < LEAST_SCORE:
        lacks.append(
            _("The score is %(score)s; at least %(least)s is asked for.")
            % {"score": found, "least": LEAST_SCORE}
        )
    for part, words in (
        ("hardware", _("The licence of the hardware is not set.")),
        ("documentation", _("The licence of the documents is not set.")),
    ):
        if licences is not None and not str(licences.get(part) or "").strip():
            lacks.append(words)
    unsigned = [
        check
        for check in dossier.gate_checks.filter(kind__in=gates.ADVISER_KINDS)
        if check.kind == GateCheck.Kind.IP or check.blocking
    ]
    lacks += [_said(check) for check in unsigned if not gates.is_in_order(check)]
    lacks += [
        _("Not signed by the legal adviser: %(item)s") % {"item": gates.text_of(check)}
        for check in unsigned
        if gates.is_in_order(check) and check.signed_at is None
    ]
    return lacks


GUARDS: dict[str, Callable[[Dossier], list[str]]] = {
    State.CLEARED: for_clearing,
    State.TEARDOWN: for_teardown,
    State.DOCUMENTED: for_documenting,
    State.REDESIGN: for_redesign,
    State.VERIFIED: for_verifying,
    State.RELEASED: for_releasing,
}


def gates_missing(dossier: Dossier) -> list[str]:
    """The blocking items that are not in order. One query."""
    checks = list(dossier.gate_checks.all())
    if not checks:
        return [_("There are no gate items in this dossier.")]
    return [
        _said(check)
        for check in checks
        if gates.is_shut_for_ever(check) or (check.blocking and not gates.is_in_order(check))
    ]


def _said(check: GateCheck) -> str:
    words = {"item": gates.text_of(check)}
    if gates.is_shut_for_ever(check):
        return _("This device may never be opened in a workshop. Found: %(item)s") % words
    if gates.prohibits(check):
        return _("It is not yet ruled out that this holds: %(item)s") % words
    if not check.answer:
        return _("Not answered: %(item)s") % words
    return _("Not in order: %(item)s") % words


def _papers_missing(dossier: Dossier) -> list[str]:
    unit = getattr(dossier, "unit", None)
    if unit is None:
        return [_("The device itself is not identified yet.")]
    lacks = []
    if unit.owner_permission_id is None:
        lacks.append(_("The owner's written permission is missing."))
    if not unit.decontamination_method or unit.decontaminated_on is None:
        lacks.append(_("It is not written down how and when the device was decontaminated."))
    if not unit.decontamination_signed_by or unit.decontamination_file_id is None:
        lacks.append(_("The signed decontamination certificate is missing."))
    if unit.patient_data_wiped == unit.Wiped.NO:
        lacks.append(_("The device still holds patient data. They are wiped before it is opened."))
    elif unit.patient_data_wiped == unit.Wiped.UNKNOWN:
        lacks.append(_("It is not said whether the device holds patient data."))
    return lacks


def briefing_sessions(activity: Activity) -> list[str]:
    """The sessions of the design that are the safety briefing, by their codes."""
    try:
        document = activity_document(activity)
    except KeyError:
        return []
    return [one["id"] for one in document.get("sessions") or () if one.get("gate") == BRIEFING]


def _briefing_missing(dossier: Dossier) -> list[str]:
    members = list(dossier.members.filter(left_on__isnull=True).select_related("enrolment__person"))
    if not members:
        return [_("Nobody is in the team.")]
    codes = briefing_sessions(dossier.activity)
    if not codes:
        return [_("The design of this workshop has no safety briefing.")]
    briefed = set(
        Attendance.objects.filter(
            enrolment__in=[one.enrolment_id for one in members],
            session__blueprint_code__in=codes,
            session__activity=dossier.activity_id,
            state__in=CAME,
        ).values_list("enrolment_id", flat=True)
    )
    return [
        _("%(person)s has not attended the safety briefing.") % {"person": one.enrolment.person}
        for one in members
        if one.enrolment_id not in briefed
    ]


def _progress(dossier: Dossier) -> Progress:
    return progress_of([dossier])[dossier.pk]


def _review_missing(dossier: Dossier) -> list[str]:
    reviews = dossier.peer_reviews.filter(subject=PeerReview.Subject.BLOCKS)
    still_open = reviews.filter(closed_at__isnull=True).count()
    if still_open:
        return [
            ngettext(
                "%(n)s review of the block diagram is still open.",
                "%(n)s reviews of the block diagram are still open.",
                still_open,
            )
            % {"n": still_open}
        ]
    if not reviews.exists():
        return [_("Nobody outside the team has reviewed the block diagram.")]
    return []


def _pictures_missing(dossier: Dossier) -> list[str]:
    steps = dossier.steps.filter(photos__isnull=True).order_by("order")
    return [_("Step %(step)s has no photograph.") % {"step": step} for step in steps]


def _requirements_missing(dossier: Dossier) -> list[str]:
    wanted = Q(essential=True) | Q(type=Requirement.Type.SAFETY)
    rows = dossier.requirements.filter(wanted, deviation_accepted_by__isnull=True)
    return [
        _("%(code)s matters for safety or function, and no test run has passed for it.")
        % {"code": one.code}
        for one in rows.prefetch_related("tested_by__runs")
        if not _is_shown(one)
    ]


def _is_shown(requirement: Requirement) -> bool:
    """True where a test of it passed, and the last run of none of its tests did not."""
    last = []
    for case in requirement.tested_by.all():
        runs = [run for run in case.runs.all() if run.result != TestRun.Result.NOT_RUN]
        if runs:
            last.append(runs[-1].result)
    return bool(last) and all(result == TestRun.Result.PASS for result in last)


def _risks_missing(dossier: Dossier) -> list[str]:
    lacks = []
    for risk in dossier.risks.filter(acceptable__in=("", Risk.Acceptable.NO)):
        words = {"code": risk.code, "harm": risk.harm}
        if risk.acceptable:
            lacks.append(_("The risk %(code)s that remains is not acceptable: %(harm)s") % words)
        else:
            lacks.append(_("The risk %(code)s is not judged yet: %(harm)s") % words)
    return lacks
