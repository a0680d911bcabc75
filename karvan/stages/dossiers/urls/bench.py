"""Addresses of dossiers: bench."""

from __future__ import annotations

from django.urls import path

from ..views import (
    bench,
    bench_gates,
    bench_identification,
    bench_reviews,
    bench_states,
    bench_use,
    kinds,
    workshop,
    workshop_defence,
)

EDITION = "editions/<slug:edition>/dossiers/"
DOSSIER = f"{EDITION}<int:pk>/"
WORKSHOP = "editions/<slug:edition>/workshops/<str:code>/"

urlpatterns = [
    path(EDITION, bench.edition, name="edition"),
    path(f"{WORKSHOP}start/", bench.start, name="start"),
    path(DOSSIER, bench.dossier, name="dossier"),
    path(f"{DOSSIER}move/<str:to>/", bench_states.move, name="move"),
    path(f"{DOSSIER}withdraw/", bench_states.withdraw, name="withdraw"),
    path(f"{DOSSIER}path/", bench_states.path, name="path"),
    path(f"{DOSSIER}stop/", bench_states.stop, name="stop"),
    path(f"{DOSSIER}resume/", bench_states.resume, name="resume"),
    path(f"{DOSSIER}team/", bench_states.join, name="join"),
    path(f"{DOSSIER}team/<int:member>/leave/", bench_states.leave, name="leave"),
    path(f"{DOSSIER}reviews/", bench_reviews.review, name="review"),
    path(f"{DOSSIER}reviews/<int:review>/answer/", bench_reviews.answer, name="answer_review"),
    path(f"{DOSSIER}reviews/<int:review>/close/", bench_reviews.close, name="close_review"),
    path(f"{DOSSIER}identification/", bench_identification.identification, name="identification"),
    path(f"{DOSSIER}emdn/", bench_identification.choose_emdn, name="choose_emdn"),
    path(f"{DOSSIER}labels/", bench_identification.label, name="label"),
    path(f"{DOSSIER}labels/<int:photo>/", bench_identification.label_file, name="label_file"),
    path(
        f"{DOSSIER}labels/<int:photo>/remove/", bench_identification.drop_label, name="drop_label"
    ),
    path(f"{DOSSIER}papers/<slug:which>/", bench_identification.paper, name="paper"),
    path(f"{DOSSIER}gates/", bench_gates.gates, name="gates"),
    path(f"{DOSSIER}gates/sign/", bench_gates.sign_all, name="sign_all_gates"),
    path(f"{DOSSIER}gates/<int:check>/", bench_gates.answer, name="answer_gate"),
    path(f"{DOSSIER}gates/<int:check>/sign/", bench_gates.sign, name="sign_gate"),
    path(f"{DOSSIER}gates/<int:check>/evidence/", bench_gates.evidence, name="gate_evidence"),
    path(f"{DOSSIER}use/", bench_use.use, name="use"),
    path(f"{DOSSIER}function/", bench_use.function, name="function"),
    path(WORKSHOP, workshop.workshop, name="workshop"),
    path(f"{WORKSHOP}turns/", workshop.plan, name="plan_turns"),
    path(f"{WORKSHOP}results/", workshop.results, name="take_results"),
    path(f"{DOSSIER}turns/", workshop.turn, name="turn"),
    path(f"{DOSSIER}marks/<slug:part>/", workshop.mark, name="mark"),
    path(f"{DOSSIER}defence/", workshop_defence.defence, name="defence"),
    path("device-kinds/", kinds.kinds, name="kinds"),
    path("device-kinds/new/", kinds.kind, name="new_kind"),
    path("device-kinds/<slug:code>/", kinds.kind, name="kind"),
]
