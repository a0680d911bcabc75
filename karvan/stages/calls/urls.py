"""Addresses of calls and applications: the public ones, one's own, and the desk's."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "calls"
OWN = "applications/<str:token>/"
urlpatterns = [
    path("calls/", views.open_calls, name="open"),
    path("calls/<slug:slug>/", views.call, name="call"),
    path("calls/<slug:slug>/apply/", views.start, name="start"),
    path(OWN, views.application, name="application"),
    path(f"{OWN}save/", views.save, name="save"),
    path(f"{OWN}link/", views.mail_link, name="mail_link"),
    path(f"{OWN}code/", views.code, name="code"),
    path(f"{OWN}withdraw/", views.withdraw, name="withdraw"),
    path(f"{OWN}files/<str:question>/", views.own_file, name="own_file"),
]
