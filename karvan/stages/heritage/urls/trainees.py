"""Addresses of the room trainees."""

from __future__ import annotations

from django.urls import path

from ..views import trainees

PROJECT = "heritage/projects/<slug:code>/"

urlpatterns = [
    path(f"{PROJECT}hours/", trainees.hours, name="hours"),
    path(f"{PROJECT}hours/<int:pk>/remove/", trainees.take_back, name="hours_take_back"),
    path(f"{PROJECT}signing/", trainees.signing, name="signing"),
    path(f"{PROJECT}trainees/", trainees.trainees, name="trainees"),
]
