"""Addresses of selection."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "selection"
urlpatterns = [
    path("applications/<str:token>/offer/", views.offer, name="offer"),
]
