"""Addresses of delivery."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "delivery"

ACTIVITY = "editions/<slug:edition>/<str:activity>/"

urlpatterns: list[URLPattern] = [
    path("editions/<slug:edition>/delivery/", views.edition, name="edition"),
    path(f"{ACTIVITY}participants/", views.participants, name="participants"),
    path(f"{ACTIVITY}participants/enrol/", views.enrol, name="enrol"),
    path(f"{ACTIVITY}participants/<int:pk>/", views.participant, name="participant"),
    path(f"{ACTIVITY}participants/<int:pk>/leave/", views.leave, name="leave"),
    path(f"{ACTIVITY}participants/<int:pk>/result/", views.result, name="result"),
    path(f"{ACTIVITY}sessions/", views.sessions, name="sessions"),
    path(f"{ACTIVITY}sessions/<int:pk>/", views.session, name="session"),
    path(f"{ACTIVITY}sessions/<int:pk>/roll/", views.roll, name="roll"),
    path(f"{ACTIVITY}sessions/<int:pk>/sheet/", views.sheet, name="sheet"),
    path(f"{ACTIVITY}sessions/<int:pk>/feedback/", views.feedback, name="feedback"),
    path(f"{ACTIVITY}sessions/<int:pk>/materials/add/", views.add_material, name="add_material"),
    path(f"{ACTIVITY}materials/<int:pk>/", views.material, name="material"),
    path(f"{ACTIVITY}coursework/", views.coursework, name="coursework"),
    path(f"{ACTIVITY}coursework/plan/", views.plan, name="plan"),
    path(f"{ACTIVITY}coursework/<str:code>/", views.piece, name="piece"),
    path(f"{ACTIVITY}hand-ins/<int:pk>/", views.mark, name="mark"),
    path(f"{ACTIVITY}hand-ins/<int:pk>/return/", views.give_back, name="give_back"),
    path(f"{ACTIVITY}hand-ins/<int:pk>/file/", views.hand_in_file, name="hand_in_file"),
]
