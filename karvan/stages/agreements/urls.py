"""Addresses of meetings, agreements and commitments."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "agreements"
urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/new/", views.prepare, name="prepare"),
    path("consultations/<slug:code>/", views.consultation, name="consultation"),
    path("consultations/<slug:code>/delegates/", views.delegate, name="delegate"),
    path("consultations/<slug:code>/topics/", views.topic, name="topic"),
    path("consultations/<slug:code>/hold/", views.hold, name="hold"),
    path("consultations/<slug:code>/minutes/", views.minutes, name="minutes"),
    path("consultations/<slug:code>/minutes/print/", views.minutes_print, name="minutes_print"),
    path("consultations/<slug:code>/minutes/<int:number>/", views.change_item, name="change_item"),
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
    path("agreements/<slug:code>/sign/", views.sign, name="sign"),
    path("agreements/<slug:code>/end/", views.end, name="end"),
    path(
        "agreements/<slug:code>/clauses/<str:number>/promise/",
        views.promise_clause,
        name="promise_clause",
    ),
    path("commitments/", views.commitments, name="commitments"),
    path("commitments/<slug:code>/", views.commitment, name="commitment"),
    path("commitments/<slug:code>/evidence/", views.evidence, name="evidence"),
    path("commitments/<slug:code>/state/", views.state, name="state"),
    path("commitments/<slug:code>/due/", views.change_due, name="change_due"),
]
