"""Addresses of the room programme: the committee's, those who attend, and everybody's."""

from __future__ import annotations

from django.urls import path

from ..views import programme, programme_files, programme_public, programme_sessions

AT = "editions/<slug:edition>/<str:activity>/programme/"
SESSION = f"{AT}sessions/<slug:code>/"
PUBLIC = "symposia/<slug:edition>/<str:activity>/"

urlpatterns = [
    path(AT, programme.room, name="programme_room"),
    path(f"{AT}make/", programme.make, name="make_sessions"),
    path(f"{AT}lay-out/", programme.lay_out, name="lay_out_programme"),
    path(f"{AT}wishes/", programme.wishes, name="wishes"),
    path(f"{AT}mine/", programme.mine, name="my_programme"),
    path(f"{AT}badges.pdf", programme_files.badges, name="badges"),
    path(f"{AT}sessions/new/", programme_sessions.new, name="new_programme_session"),
    path(SESSION, programme_sessions.session, name="programme_session"),
    path(f"{SESSION}drop/", programme_sessions.drop, name="drop_programme_session"),
    path(f"{SESSION}sheet/", programme_sessions.sheet, name="chair_sheet"),
    path(f"{SESSION}sheet/<int:number>/", programme_sessions.presented, name="say_presented"),
    path(f"{AT}papers/<int:number>/place/", programme_sessions.place, name="place_paper"),
    path(f"{AT}papers/<int:number>/shift/", programme_sessions.shift, name="shift_paper"),
    path(PUBLIC, programme_public.programme, name="programme"),
    path(f"{PUBLIC}papers/<int:number>/", programme_public.paper, name="programme_paper"),
    path(f"{PUBLIC}schedule.xml", programme_files.schedule, {"kind": "xml"}, name="programme_xml"),
    path(
        f"{PUBLIC}schedule.json", programme_files.schedule, {"kind": "json"}, name="programme_json"
    ),
    path(f"{PUBLIC}programme.ics", programme_files.calendar, name="programme_calendar"),
]
