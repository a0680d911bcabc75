"""Addresses of the room partnerships: forums, and who is what to whom."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import partnerships, partnerships_acts, partnerships_forums

ONE = "partnerships/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("partnerships/", partnerships.register, name="partnerships"),
    path("partnerships/new/", partnerships_acts.ask, name="partnership_ask"),
    path(ONE, partnerships.record, name="partnership"),
    path(f"{ONE}criteria/", partnerships_acts.judge, name="partnership_judge"),
    path(f"{ONE}grant/", partnerships_acts.grant, name="partnership_grant"),
    path(f"{ONE}refuse/", partnerships_acts.refuse, name="partnership_refuse"),
    path(f"{ONE}end/", partnerships_acts.end, name="partnership_end"),
    path(f"{ONE}report/", partnerships_acts.report, name="partnership_report"),
    path(f"{ONE}events/", partnerships_acts.event, name="partnership_event"),
    path(
        f"{ONE}events/<int:event>/remove/",
        partnerships_acts.remove_event,
        name="partnership_event_remove",
    ),
    path("forums/", partnerships_forums.forums, name="forums"),
    path("forums/new/", partnerships_forums.new, name="forum_new"),
    path("forums/<slug:code>/", partnerships_forums.forum, name="forum"),
    path("forums/<slug:code>/change/", partnerships_forums.change, name="forum_change"),
]
