"""The first page, whose name has no namespace because settings name it."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [path("", views.public_home, name="home")]
