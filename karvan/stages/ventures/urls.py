"""Addresses of the stage."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "ventures"
urlpatterns: list[URLPattern] = []
