"""Addresses of timetables."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

app_name = "timetables"

ACTIVITY = "editions/<slug:edition>/<str:activity>/timetable/"

ROLLOUTS = "programmes/<slug:programme>/rollouts/"

urlpatterns: list[URLPattern] = [
    path("timetable/mine/", views.mine, name="mine"),
    path("timetable/mine/manifest.webmanifest", views.manifest, name="manifest"),
    path("editions/<slug:edition>/timetables/", views.edition, name="edition"),
    path(ROLLOUTS, views.rollouts, name="rollouts"),
    path(f"{ROLLOUTS}new/", views.new_rollout, name="new_rollout"),
    path(f"{ROLLOUTS}<int:number>/", views.rollout, name="rollout"),
    path(f"{ROLLOUTS}<int:number>/agree/", views.agree_rollout, name="agree_rollout"),
    path(f"{ROLLOUTS}<int:number>/copy/", views.copy_rollout, name="copy_rollout"),
    path(ACTIVITY, views.timetable, name="timetable"),
    path(f"{ACTIVITY}lay-out/", views.lay_out, name="lay_out"),
    path(f"{ACTIVITY}build/", views.build, name="build"),
    path(f"{ACTIVITY}repair/", views.repair, name="repair"),
    path(f"{ACTIVITY}searches/<int:pk>/", views.search, name="search"),
    path(f"{ACTIVITY}searches/<int:pk>/again/", views.search_again, name="search_again"),
    path(f"{ACTIVITY}searches/<int:pk>/take/", views.search_take, name="search_take"),
    path(f"{ACTIVITY}disruptions/", views.disruptions, name="disruptions"),
    path(f"{ACTIVITY}disruptions/<int:pk>/take-back/", views.take_back, name="take_back"),
    path(f"{ACTIVITY}travel/", views.travel, name="travel"),
    path(f"{ACTIVITY}versions/<int:number>/improve/", views.improve, name="improve"),
    path(f"{ACTIVITY}versions/<int:number>/publish/", views.publish, name="publish"),
    path(f"{ACTIVITY}versions/<int:number>/copy/", views.copy, name="copy"),
    path(f"{ACTIVITY}versions/<int:number>/lock/", views.lock, name="lock"),
    path(f"{ACTIVITY}versions/<int:number>/throw-away/", views.throw_away, name="throw_away"),
    path(f"{ACTIVITY}groups/", views.groups, name="groups"),
    path(f"{ACTIVITY}groups/<int:pk>/", views.group, name="group"),
    path(f"{ACTIVITY}trainers/", views.trainers, name="trainers"),
    path(f"{ACTIVITY}trainers/add/", views.add_trainer, name="add_trainer"),
    path(f"{ACTIVITY}trainers/<int:pk>/", views.trainer, name="trainer"),
    path(f"{ACTIVITY}print/", views.paper, name="print"),
    path(f"{ACTIVITY}schedule.json", views.schedule, {"kind": "json"}, name="schedule_json"),
    path(f"{ACTIVITY}schedule.xml", views.schedule, {"kind": "xml"}, name="schedule_xml"),
    path(f"{ACTIVITY}versions/<int:number>/letters/", views.letters, name="letters"),
    path(f"{ACTIVITY}sessions/<int:pk>/", views.session, name="session"),
    path(f"{ACTIVITY}sessions/<int:pk>/move/", views.move, name="move"),
    path(f"{ACTIVITY}sessions/<int:pk>/places/", views.places, name="places"),
    path(f"{ACTIVITY}sessions/<int:pk>/trainers/", views.teaching, name="teaching"),
    path(f"{ACTIVITY}sessions/<int:pk>/starts/", views.preferred, name="preferred"),
    path(f"{ACTIVITY}sessions/<int:pk>/cancel/", views.cancel, name="cancel"),
]
