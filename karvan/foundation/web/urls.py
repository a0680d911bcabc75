"""Addresses of accounts, people and parties."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import views

urlpatterns: list[URLPattern] = [
    path("account/", views.account, name="account"),
    path("sign-in/<str:token>/", views.sign_in_link, name="sign_in_link"),
    path("demo/sign-in/<int:pk>/", views.demo_sign_in, name="demo_sign_in"),
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/roles/", views.grant_role, name="grant_role"),
    path("people/<int:pk>/roles/<int:role>/", views.withdraw_role, name="withdraw_role"),
    path("parties/", views.parties, name="parties"),
    path("parties/new/", views.new_party, name="new_party"),
    path("parties/<slug:code>/", views.party, name="party"),
    path("parties/<slug:code>/change/", views.change_party, name="change_party"),
    path("parties/<slug:code>/logo/", views.party_logo, name="party_logo"),
]
