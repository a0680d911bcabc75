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
    path("programmes/<slug:code>/compare/", views.compare, name="compare"),
    path("programmes/<slug:code>/versions/<int:number>/", views.blueprint, name="blueprint"),
    path(
        "programmes/<slug:code>/versions/<int:number>/print/",
        views.print_blueprint,
        name="print_blueprint",
    ),
    path("programmes/<slug:code>/versions/<int:number>/source/", views.source, name="source"),
    path("programmes/<slug:code>/versions/<int:number>/publish/", views.publish, name="publish"),
    path("editions/<slug:edition>/blueprint/", views.edition, name="edition"),
    path("blueprint-format/", views.schema, name="schema"),
    path("blueprint-format/schema.json", views.schema_file, name="schema_file"),
]
