"""Who may open the screens of the bench: register, record, identification, gates, workshop."""

from __future__ import annotations

from karvan.stages.dossiers.models import LabelPhoto, PeerReview
from karvan.stages.dossiers.services.starting import add_gate_items
from tests import make
from tests.stages.dossiers.bench_world import kept_file

from .route import READERS, RUNNERS, only

INSIDE = ("participant", "trainer", *READERS)
EDITORS = ("participant", "trainer", *RUNNERS)
TEACHERS = ("trainer", *RUNNERS)


def edition(world):
    return {"edition": world.edition.slug}


def workshop(world):
    return {**edition(world), "code": world.workshop.code}


def dossier(world):
    return {**edition(world), "pk": world.dossier.pk}


def kind(world):
    return {"code": make.device_type().code}


def moved(to):
    return lambda world: {**dossier(world), "to": to}


def member(world):
    return {**dossier(world), "member": world.member.pk}


def review(world):
    made, _new = PeerReview.objects.get_or_create(
        dossier=world.dossier, subject="blocks", defaults={"text": "One block is missing."}
    )
    return {**dossier(world), "review": made.pk}


def label(world):
    made, _new = LabelPhoto.objects.get_or_create(
        unit=world.dossier.unit,
        caption="Type plate",
        defaults={"file": kept_file(world.dossier.scope)},
    )
    return {**dossier(world), "photo": made.pk}


def paper(world):
    unit = world.dossier.unit
    unit.owner_permission = kept_file(world.dossier.scope)
    unit.save()
    return {**dossier(world), "which": "permission"}


def check(world):
    add_gate_items(world.dossier)
    made = world.dossier.gate_checks.get(code="no_sharps")
    made.evidence = kept_file(world.dossier.scope)
    made.save()
    return {**dossier(world), "check": made.pk}


ROUTES = {
    "dossiers:kinds": only(("officer", "administrator")),
    "dossiers:new_kind": only(("officer", "administrator")),
    "dossiers:kind": only(("officer", "administrator"), arguments=kind),
    "dossiers:edition": only(INSIDE, arguments=edition),
    "dossiers:start": only(TEACHERS, arguments=workshop),
    "dossiers:dossier": only(INSIDE, arguments=dossier),
    "dossiers:move": only(("trainer",), method="post", arguments=moved("cleared")),
    "dossiers:withdraw": only(TEACHERS, method="post", arguments=dossier),
    "dossiers:path": only(EDITORS, method="post", arguments=dossier),
    "dossiers:stop": only(("trainer",), method="post", arguments=dossier),
    "dossiers:resume": only(("trainer",), method="post", arguments=dossier),
    "dossiers:join": only(TEACHERS, method="post", arguments=dossier),
    "dossiers:leave": only(TEACHERS, method="post", arguments=member),
    # Reviewed by anybody inside who is not of the team.
    "dossiers:review": only(("trainer", *READERS), method="post", arguments=dossier),
    "dossiers:answer_review": only(EDITORS, method="post", arguments=review),
    "dossiers:close_review": only(("trainer", *READERS), method="post", arguments=review),
    "dossiers:identification": only(INSIDE, arguments=dossier),
    "dossiers:choose_emdn": only(EDITORS, method="post", arguments=dossier),
    "dossiers:label": only(EDITORS, method="post", arguments=dossier),
    "dossiers:label_file": only(INSIDE, arguments=label),
    # The first who may takes it out; it is not there for the next.
    "dossiers:drop_label": only(("participant",), method="post", arguments=label),
    "dossiers:paper": only(INSIDE, arguments=paper),
    "dossiers:gates": only(INSIDE, arguments=dossier),
    "dossiers:sign_all_gates": only(("trainer",), method="post", arguments=dossier),
    "dossiers:answer_gate": only(EDITORS, method="post", arguments=check),
    "dossiers:sign_gate": only(("trainer",), method="post", arguments=check),
    "dossiers:gate_evidence": only(INSIDE, arguments=check),
    "dossiers:use": only(INSIDE, arguments=dossier),
    "dossiers:function": only(INSIDE, arguments=dossier),
    "dossiers:workshop": only(TEACHERS, arguments=workshop),
    "dossiers:plan_turns": only(TEACHERS, method="post", arguments=workshop),
    "dossiers:take_results": only(TEACHERS, method="post", arguments=workshop),
    "dossiers:turn": only(TEACHERS, method="post", arguments=dossier),
    "dossiers:mark": only(TEACHERS, arguments=lambda w: {**dossier(w), "part": "measuring"}),
    "dossiers:defence": only(TEACHERS, arguments=dossier),
}
