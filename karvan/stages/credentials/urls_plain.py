"""Addresses without a language, for machines; and the short one in the code on paper."""

from __future__ import annotations

from django.urls import URLPattern, path

from .views import machines

urlpatterns: list[URLPattern] = [
    path(".well-known/did.json", machines.did, name="credential_did"),
    path("credentials/status/<int:number>", machines.status, name="credential_status"),
    path("credentials/<str:number>.json", machines.document, name="credential_document"),
    path(
        "achievements/<str:programme>/<str:activity>/<int:number>-<slug:kind>.json",
        machines.achievement,
        name="credential_achievement",
    ),
    path("v/<str:number>", machines.short, name="credential_short"),
]
