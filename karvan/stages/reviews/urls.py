"""Addresses of reading."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "reviews"
_ROUND = "editions/<slug:edition>/<str:activity>/reviews/"
urlpatterns = [
    path("reviews/", views.queue, name="queue"),
    path("reviews/<int:pk>/", views.reading, name="reading"),
    path("reviews/<int:pk>/save/", views.save, name="save"),
    path("reviews/<int:pk>/conflict/", views.conflict, name="conflict"),
    path("reviews/<int:pk>/files/<int:file>/", views.file, name="file"),
    path("editions/<slug:edition>/reviews/", views.edition, name="edition"),
    path(_ROUND, views.round_record, name="round"),
    path(f"{_ROUND}prepare/", views.prepare, name="prepare"),
    path(f"{_ROUND}open/", views.open_reading, name="open"),
    path(f"{_ROUND}close/", views.close, name="close"),
    path(f"{_ROUND}assign/", views.assign, name="assign"),
    path(f"{_ROUND}rebalance/", views.rebalance, name="rebalance"),
    path(f"{_ROUND}plan/", views.plan, name="plan"),
    path(f"{_ROUND}marks/", views.marks, name="marks"),
    path(f"{_ROUND}applications/", views.applications, name="applications"),
    path(f"{_ROUND}calibration/", views.calibration, name="calibration"),
    path(f"{_ROUND}reviewers/", views.reviewers, name="reviewers"),
    path(f"{_ROUND}reviewers/new/", views.add_reviewer, name="add_reviewer"),
    path(f"{_ROUND}reviewers/<int:pk>/", views.reviewer, name="reviewer"),
    path(f"{_ROUND}reviewers/<int:pk>/stop/", views.stop, name="stop"),
    path(f"{_ROUND}reviewers/<int:pk>/resume/", views.resume, name="resume"),
    path(f"{_ROUND}conflicts/", views.conflicts, name="conflicts"),
]
