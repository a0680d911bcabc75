"""The outbox's addresses."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [
    path("letters/", views.outbox, name="outbox"),
    path("letters/<int:pk>/", views.letter, name="letter"),
    path("letters/<int:pk>/hold/", views.hold, name="hold"),
    path("letters/<int:pk>/send/", views.send, name="send"),
    path("letters/<int:pk>/cancel/", views.cancel, name="cancel"),
]
