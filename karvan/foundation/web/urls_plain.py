"""Addresses without a language: for machines."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
