"""Addresses without a language, for calendars."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views.feeds import feed

urlpatterns: list[URLPattern] = [
    path("feeds/<str:token>.ics", feed, name="timetable_feed"),
]
