"""Addresses of the stage."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "credentials"

EDITION = "editions/<slug:edition>/credentials/"
ACTIVITY = "editions/<slug:edition>/<str:activity>/credentials/"

urlpatterns: list[URLPattern] = [
    path("verify/", views.check, name="check"),
    path("verify/<str:number>/", views.verify, name="verify"),
    path("certificates/<str:token>.pdf", views.paper, name="paper"),
    path("my/credentials/", views.mine, name="mine"),
    path("my/credentials/<str:number>.pdf", views.own_paper, name="own_paper"),
    path("my/credentials/<str:number>.json", views.own_text, name="own_text"),
    path(EDITION, views.edition, name="edition"),
    path(f"{EDITION}<str:number>/", views.credential, name="credential"),
    path(f"{EDITION}<str:number>/certificate.pdf", views.staff_paper, name="staff_paper"),
    path(f"{EDITION}<str:number>/revoke/", views.revoke, name="revoke"),
    path(f"{EDITION}<str:number>/correct/", views.correct, name="correct"),
    path(ACTIVITY, views.activity, name="activity"),
    path(f"{ACTIVITY}issue/", views.issue_all, name="issue_all"),
    path(f"{ACTIVITY}issue/<int:pk>/", views.issue_one, name="issue_one"),
]
