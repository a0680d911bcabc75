"""Addresses of teams, ventures, juries, finals and follow-ups."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "ventures"
urlpatterns = [
    path("editions/<slug:edition>/ventures/", views.edition, name="edition"),
    path("editions/<slug:edition>/teams/new/", views.form_team, name="form_team"),
    path("editions/<slug:edition>/teams/proposed/", views.propose_teams, name="propose_teams"),
    path("editions/<slug:edition>/teams/take/", views.take_teams, name="take_teams"),
    path("editions/<slug:edition>/mentors/", views.match_mentors, name="match_mentors"),
    path("editions/<slug:edition>/mentors/take/", views.take_matching, name="take_matching"),
    path("editions/<slug:edition>/mentors/<int:mentor>/", views.mentor_offer, name="mentor_offer"),
    path("editions/<slug:edition>/teams/<int:team>/venture/", views.register, name="register"),
    path("ventures/<int:pk>/", views.venture, name="venture"),
    path("ventures/<int:pk>/mentors/", views.mentor, name="mentor"),
    path("ventures/<int:pk>/wishes/", views.wishes, name="wishes"),
    path("ventures/<int:pk>/claim/<str:code>/", views.claim, name="claim"),
    path("claims/", views.claims, name="claims"),
    path("claims/<int:pk>/", views.look, name="look"),
    path("claims/<int:pk>/verify/", views.verify, name="verify"),
    path("claims/<int:pk>/return/", views.give_back, name="give_back"),
    path("claims/<int:pk>/file/", views.claim_file, name="claim_file"),
    path("mentoring/<int:pk>/", views.mentoring, name="mentoring"),
    path("editions/<slug:edition>/juries/new/", views.seat_jury, name="seat_jury"),
    path(
        "editions/<slug:edition>/ventures/follow-ups/",
        views.plan_follow_ups,
        name="plan_follow_ups",
    ),
    path("juries/", views.juries, name="juries"),
    path("juries/<int:pk>/", views.jury, name="jury"),
    path("juries/<int:pk>/<int:venture>/", views.mark, name="mark"),
    path("juries/<int:pk>/close/", views.close, name="close"),
    path("finals/", views.finals, name="finals"),
    path("programmes/<str:programme>/finals/new/", views.plan_final, name="plan_final"),
    path("finals/<slug:code>/", views.final, name="final"),
    path("finals/<slug:code>/enter/<int:jury>/", views.enter_best, name="enter_best"),
    path("finals/<slug:code>/rank/", views.rank_final, name="rank_final"),
    path("follow-up/<str:token>/", views.follow_up, name="follow_up"),
]
