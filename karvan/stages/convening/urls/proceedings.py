"""Addresses of the room proceedings."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import proceedings, proceedings_public
from ..views import proceedings_recommendations as recommendations

SYMPOSIUM = "editions/<slug:edition>/symposia/<str:code>"
OUT = "proceedings/<slug:code>"

urlpatterns: list[URLPattern] = [
    path("papers/", proceedings.own_papers, name="own_papers"),
    path("papers/<int:pk>/", proceedings.full_text, name="full_text"),
    path("papers/<int:pk>/full-text.pdf", proceedings.full_text_file, name="full_text_file"),
    path(f"{SYMPOSIUM}/proceedings/", proceedings.proceedings, name="proceedings"),
    path(f"{SYMPOSIUM}/proceedings/details/", proceedings.details, name="proceedings_details"),
    path(f"{SYMPOSIUM}/proceedings/pages/", proceedings.pages, name="proceedings_pages"),
    path(
        f"{SYMPOSIUM}/proceedings/pages/<int:pk>/",
        proceedings.first_page,
        name="proceedings_first_page",
    ),
    path(f"{SYMPOSIUM}/proceedings/release/", proceedings.release, name="proceedings_release"),
    path(f"{SYMPOSIUM}/recommendations/", recommendations.recommendations, name="recommendations"),
    path(f"{SYMPOSIUM}/recommendations/write/", recommendations.write, name="recommendation_write"),
    path(
        f"{SYMPOSIUM}/recommendations/adopt/", recommendations.adopt, name="recommendations_adopt"
    ),
    path(
        f"{SYMPOSIUM}/recommendations/<int:number>/change/",
        recommendations.change,
        name="recommendation_change",
    ),
    path(
        f"{SYMPOSIUM}/recommendations/<int:number>/follow/",
        recommendations.follow,
        name="recommendation_follow",
    ),
    path(
        f"{SYMPOSIUM}/recommendations/<int:number>/aside/",
        recommendations.aside,
        name="recommendation_aside",
    ),
    path(f"{OUT}/", proceedings_public.page, name="proceedings_public"),
    path(f"{OUT}/volume.pdf", proceedings_public.volume, name="proceedings_volume"),
    path(f"{OUT}/papers/<int:number>.pdf", proceedings_public.paper, name="proceedings_paper"),
    path(f"{OUT}/papers.bib", proceedings_public.as_bibtex, name="proceedings_bibtex"),
    path(f"{OUT}/papers.xml", proceedings_public.as_jats, name="proceedings_jats"),
    path(f"{OUT}/proceedings.json", proceedings_public.as_json, name="proceedings_json"),
]
