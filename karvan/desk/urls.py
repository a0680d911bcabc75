"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("changes/", views.changes, name="changes"),
    path("changes/check/", views.check_chain, name="check_chain"),
    path("partners/<slug:party>/", views.partner, name="partner"),
    path(
        "editions/<slug:edition>/partners/<slug:party>/",
        views.edition_partner,
        name="edition_partner",
    ),
    path("editions/<slug:edition>/cancel/", views.cancel_edition, name="cancel_edition"),
    path(
        "editions/<slug:edition>/<str:activity>/reviews/reopen/",
        views.reopen_reading,
        name="reopen_reading",
    ),
    path("editions/<slug:edition>/version/", views.version_offer, name="version_offer"),
    path("editions/<slug:edition>/version/decline/", views.decline_version, name="decline_version"),
    path(
        "programmes/<slug:code>/versions/<int:number>/publish/",
        views.publish_version,
        name="publish_version",
    ),
    path(
        "programmes/<slug:code>/versions/<int:number>/offers/",
        views.version_offers,
        name="version_offers",
    ),
    path("programmes/<slug:code>/about/", views.programme, name="programme"),
]
