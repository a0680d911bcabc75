"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("board/", views.board, name="board"),
    path("board/<str:programme>/", views.board, name="board_programme"),
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/ledger/", views.ledger, name="ledger"),
    path("reports/ledger/consultations/<slug:code>/", views.ledger_meeting, name="ledger_meeting"),
    path("reports/ledger/consultations/<slug:code>/keep/", views.keep_meeting, name="keep_meeting"),
    path("reports/ledger/agreements/<slug:code>/", views.ledger_agreement, name="ledger_agreement"),
    path(
        "reports/ledger/agreements/<slug:code>/keep/", views.keep_agreement, name="keep_agreement"
    ),
    path("reports/indicators/<str:programme>/", views.programme_indicators, name="indicators"),
    path("reports/departures/<str:programme>/", views.departures, name="departures"),
    path(
        "reports/departures/<str:programme>/<slug:edition>/",
        views.departures_edition,
        name="departures_edition",
    ),
    path("reports/rows/<path:scope>/<str:key>/", views.rows, name="rows"),
    path("reports/keep/<path:scope>/", views.keep, name="keep"),
    path("editions/<slug:edition>/report/", views.edition, name="edition"),
]
