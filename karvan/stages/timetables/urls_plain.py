"""Addresses without a language, for calendars, the apps of conferences and what a phone keeps."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views.feeds import feed, schedule_feed
from .views.mine import worker

urlpatterns: list[URLPattern] = [
    path("feeds/<str:token>.ics", feed, name="timetable_feed"),
    path("feeds/<str:token>.json", schedule_feed, {"kind": "json"}, name="timetable_schedule_json"),
    path("feeds/<str:token>.xml", schedule_feed, {"kind": "xml"}, name="timetable_schedule_xml"),
    path("my-day-worker.js", worker, name="my_day_worker"),
]
