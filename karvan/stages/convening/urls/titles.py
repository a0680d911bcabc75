"""Addresses of the room titles."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import titles_cycles as cycles
from ..views import titles_held as held
from ..views import titles_nominations as nominations

ONE = "titles/nominations/<int:pk>"
HELD = "titles/held/<int:pk>"
CYCLE = "titles/<slug:series>/<int:year>"

urlpatterns: list[URLPattern] = [
    path("titles/", cycles.titles, name="titles"),
    path("titles/series/new/", cycles.new_series, name="title_series_new"),
    path(f"{ONE}/", nominations.nomination, name="nomination"),
    path(f"{ONE}/edit/", nominations.edit, name="nomination_edit"),
    path(f"{ONE}/files/", nominations.add_file, name="nomination_add_file"),
    path(f"{ONE}/files/<int:file>/", nominations.file, name="nomination_file"),
    path(f"{ONE}/files/<int:file>/remove/", nominations.remove_file, name="nomination_remove_file"),
    path(f"{ONE}/submit/", nominations.submit, name="nomination_submit"),
    path(f"{ONE}/withdraw/", nominations.withdraw, name="nomination_withdraw"),
    path(f"{ONE}/check/", nominations.check, name="nomination_check"),
    path(f"{ONE}/mark/", nominations.mark, name="nomination_mark"),
    path(f"{ONE}/propose/", nominations.propose, name="nomination_propose"),
    path(f"{ONE}/grant/", nominations.grant, name="nomination_grant"),
    path(f"{ONE}/decline/", nominations.decline, name="nomination_decline"),
    path(f"{HELD}/", held.held, name="title_held"),
    path(f"{HELD}/report/file/", held.report, name="title_report"),
    path(f"{HELD}/events/<int:event>/remove/", held.remove_event, name="title_remove_event"),
    path(f"{HELD}/host/<slug:what>/", held.keep, name="title_keep"),
    path(f"{HELD}/<slug:what>/", held.change, name="title_change"),
    path("titles/<slug:series>/rules/", cycles.series, name="title_series"),
    path("titles/<slug:series>/new/", cycles.new_cycle, name="title_cycle_new"),
    path(f"{CYCLE}/", cycles.cycle, name="title_cycle"),
    path(f"{CYCLE}/call/", cycles.call, name="title_call"),
    path(f"{CYCLE}/evaluate/", cycles.evaluate, name="title_evaluate"),
    path(f"{CYCLE}/experts/", cycles.expert, name="title_expert"),
    path(f"{CYCLE}/nominate/", nominations.nominate, name="nominate"),
    path(f"{CYCLE}/ranking/", cycles.ranking, name="title_ranking"),
]
