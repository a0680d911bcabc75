"""Addresses of meetings, agreements and commitments."""

from __future__ import annotations

from django.urls import path

from . import views
from .views import ledgers, signing

app_name = "agreements"
PAPER = "agreements/<slug:code>/"
ITEM = "consultations/<slug:code>/minutes/items/<int:pk>/"
urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.prepare, name="prepare"),
    path("consultations/<slug:code>/", views.consultation, name="consultation"),
    path("consultations/<slug:code>/delegates/", views.delegate, name="delegate"),
    path("consultations/<slug:code>/topics/", views.topic, name="topic"),
    path("consultations/<slug:code>/hold/", views.hold, name="hold"),
    path("consultations/<slug:code>/minutes/", views.minutes, name="minutes"),
    path("consultations/<slug:code>/minutes/print/", views.minutes_print, name="minutes_print"),
    path("consultations/<slug:code>/minutes/items/", views.minutes_items, name="minutes_items"),
    path(ITEM, views.change_item, name="change_item"),
    path(f"{ITEM}move/", views.move_item, name="move_item"),
    path(f"{ITEM}remove/", views.remove_item, name="remove_item"),
    path("consultations/<slug:code>/confirm/", views.confirm, name="confirm"),
    path(
        "consultations/<slug:code>/minutes/<int:number>/promise/",
        views.promise_item,
        name="promise_item",
    ),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/new/", views.draft, name="draft"),
    path("agreements/<slug:code>/", views.agreement, name="agreement"),
    path("agreements/<slug:code>/clauses/", views.clause, name="clause"),
    path("agreements/<slug:code>/signatories/", views.signatory, name="signatory"),
    path(f"{PAPER}term/", signing.term, name="term"),
    path(f"{PAPER}clear/", signing.clear, name="clear"),
    path(f"{PAPER}reopen/", signing.reopen, name="reopen"),
    path(f"{PAPER}signatories/<int:pk>/sign/", signing.signature, name="signature"),
    path(f"{PAPER}sign/", signing.sign, name="sign"),
    path(f"{PAPER}document/", signing.document, name="document"),
    path(f"{PAPER}annexes/", signing.annex, name="annex"),
    path(f"{PAPER}annexes/<int:number>/", signing.annex_file, name="annex_file"),
    path(f"{PAPER}annexes/<int:number>/remove/", signing.remove_annex, name="annex_remove"),
    path(f"{PAPER}renew/", signing.renew, name="renew"),
    path(f"{PAPER}object/", signing.object_to, name="object"),
    path("agreements/<slug:code>/end/", views.end, name="end"),
    path(
        "agreements/<slug:code>/clauses/<str:number>/promise/",
        views.promise_clause,
        name="promise_clause",
    ),
    path("consultations/<slug:code>/briefing/", ledgers.briefing, name="briefing"),
    path("promises/", ledgers.choose, name="between_choose"),
    path("promises/<slug:first>/<slug:second>/", ledgers.between, name="between"),
    path("promises/<slug:first>/<slug:second>/print/", ledgers.between_print, name="between_print"),
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/<slug:code>/", views.commitment, name="commitment"),
    path("commitments/<slug:code>/evidence/", views.evidence, name="evidence"),
    path("commitments/<slug:code>/state/", views.state, name="state"),
    path("commitments/<slug:code>/due/", views.change_due, name="change_due"),
]
