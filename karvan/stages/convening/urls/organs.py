"""Addresses of the room organs."""

from __future__ import annotations

from django.urls import path

from ..views import organs, organs_import, organs_members

ORGAN = "organs/<slug:organ>/"
MEMBER = f"{ORGAN}members/<int:pk>/"

urlpatterns = [
    path("organs/", organs.organs, name="organs"),
    path("organs/new/", organs.new_organ, name="new_organ"),
    path(ORGAN, organs.organ, name="organ"),
    path(f"{ORGAN}change/", organs.change_organ, name="change_organ"),
    path(f"{ORGAN}members/", organs_members.members, name="members"),
    path(f"{ORGAN}members/new/", organs_members.new_member, name="new_member"),
    path(f"{ORGAN}members/import/", organs_import.members_import, name="members_import"),
    path(
        f"{ORGAN}members/import/<int:file>/", organs_import.members_preview, name="members_preview"
    ),
    path(MEMBER, organs_members.member, name="member"),
    path(f"{MEMBER}change/", organs_members.change_member, name="change_member"),
    path(f"{MEMBER}status/", organs_members.member_status, name="member_status"),
    path(f"{MEMBER}successor/", organs_members.succeed_member, name="succeed_member"),
]
