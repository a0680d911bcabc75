"""Addresses of calls and applications: the public ones, one's own, and the desk's."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "calls"
AT = "editions/<slug:edition>/<str:activity>/"
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
    path("editions/<slug:edition>/calls/", views.edition, name="edition"),
    path(f"{AT}call/", views.record, name="record"),
    path(f"{AT}call/draft/", views.draft, name="draft"),
    path(f"{AT}call/publish/", views.publish, name="publish"),
    path(f"{AT}call/deadline/", views.move, name="move"),
    path(f"{AT}call/extensions/", views.extend, name="extend"),
    path(f"{AT}call/cancel/", views.cancel, name="cancel"),
    path(f"{AT}applications/", views.applications, name="applications"),
    path(f"{AT}applications/duplicates/", views.duplicates, name="duplicates"),
    path(f"{AT}applications/<str:number>/", views.application_record, name="application_record"),
    path(f"{AT}applications/<str:number>/files/<str:question>/", views.file, name="file"),
    path(f"{AT}imports/", views.imports, name="imports"),
    path(f"{AT}imports/<int:pk>/", views.import_batch, name="import_batch"),
    path(f"{AT}imports/<int:pk>/run/", views.run_import, name="run_import"),
    path(f"{AT}nominations/", views.nominations, name="nominations"),
    path(f"{AT}nominations/new/", views.nominate, name="nominate"),
    path(f"{AT}nominations/<int:pk>/", views.nomination, name="nomination"),
    path(
        f"{AT}nominations/<int:pk>/withdraw/",
        views.withdraw_nomination,
        name="withdraw_nomination",
    ),
]
