"""Addresses of selection."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "selection"
_ROOM = "editions/<slug:edition>/<str:activity>/selection/"
_RUN = f"{_ROOM}runs/<int:number>/"
_OFFER = f"{_ROOM}offers/<int:pk>/"
_APPEAL = f"{_ROOM}appeals/<int:pk>/"
urlpatterns = [
    path("applications/<str:token>/offer/", views.offer, name="offer"),
    path("applications/<str:token>/decision/", views.own_decision, name="own_decision"),
    path("editions/<slug:edition>/selection/", views.edition, name="edition"),
    path(_ROOM, views.room, name="room"),
    path(f"{_ROOM}propose/", views.propose, name="propose"),
    path(f"{_ROOM}try/", views.try_quotas, name="try"),
    path(f"{_ROOM}sets/", views.save_set, name="save_set"),
    path(f"{_ROOM}sets/compare/", views.compare_sets, name="compare_sets"),
    path(f"{_ROOM}sets/<int:pk>/", views.change_set, name="change_set"),
    path(_RUN, views.run, name="run"),
    path(f"{_RUN}sureness/", views.sureness, name="sureness"),
    path(f"{_RUN}decisions/<int:pk>/", views.decision, name="decision"),
    path(f"{_RUN}document/", views.document, name="document"),
    path(f"{_RUN}sign/", views.sign, name="sign"),
    path(f"{_RUN}dissent/", views.dissent, name="dissent"),
    path(f"{_RUN}lift/", views.lift, name="lift"),
    path(f"{_RUN}pack/", views.pack, name="pack"),
    path(f"{_RUN}set-aside/", views.set_aside, name="set_aside"),
    path(f"{_RUN}send/", views.send, name="send"),
    path(f"{_ROOM}offers/", views.offers, name="offers"),
    path(_OFFER, views.offer_record, name="offer_record"),
    path(f"{_OFFER}answer/", views.answer, name="answer"),
    path(f"{_OFFER}next/", views.next_in, name="next"),
    path(f"{_ROOM}appeals/", views.appeals, name="appeals"),
    path(_APPEAL, views.appeal, name="appeal"),
    path(f"{_APPEAL}decide/", views.decide_appeal, name="decide_appeal"),
    path(f"{_APPEAL}offer/", views.offer_on_appeal, name="offer_on_appeal"),
]
