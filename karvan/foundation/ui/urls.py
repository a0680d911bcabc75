"""The page that shows every component."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ui"
urlpatterns = [path("ui/", views.components, name="components")]
