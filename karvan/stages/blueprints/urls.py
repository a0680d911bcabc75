"""Addresses of programmes and their blueprints."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "blueprints"
urlpatterns = [
    path("programmes/", views.programmes, name="programmes"),
    path("programmes/new/", views.new_programme, name="new_programme"),
    path("programmes/<slug:code>/", views.programme, name="programme"),
    path("programmes/<slug:code>/import/", views.import_draft, name="import_draft"),
    path("programmes/<slug:code>/draft/", views.draft, name="draft"),
    path("programmes/<slug:code>/draft/start/", views.start_draft, name="start_draft"),
    path("programmes/<slug:code>/draft/part/", views.change_part, name="change_part"),
    path("programmes/<slug:code>/draft/add/", views.add_item, name="add_item"),
    path("programmes/<slug:code>/draft/remove/", views.remove_item, name="remove_item"),
    path("programmes/<slug:code>/draft/move/", views.move_item, name="move_item"),
    path("programmes/<slug:code>/draft/text/", views.draft_text, name="draft_text"),
    path("programmes/<slug:code>/draft/revisions/", views.revisions, name="revisions"),
    path("programmes/<slug:code>/draft/revisions/<int:number>/", views.revision, name="revision"),
    path(
        "programmes/<slug:code>/draft/revisions/<int:number>/settle/", views.settle, name="settle"
    ),
    path("sessions/", views.sessions, name="sessions"),
    path(
        "sessions/<slug:code>/<int:number>/<slug:activity>/<slug:session>/",
        views.take,
        name="take",
    ),
    path("programmes/<slug:code>/compare/", views.compare, name="compare"),
    path("programmes/<slug:code>/versions/<int:number>/", views.blueprint, name="blueprint"),
    path(
        "programmes/<slug:code>/versions/<int:number>/print/",
        views.print_blueprint,
        name="print_blueprint",
    ),
    path("programmes/<slug:code>/versions/<int:number>/source/", views.source, name="source"),
    path("editions/<slug:edition>/blueprint/", views.edition, name="edition"),
    path("blueprint-format/", views.schema, name="schema"),
    path("blueprint-format/schema.json", views.schema_file, name="schema_file"),
]
