"""Addresses of the room symposium."""

from __future__ import annotations

from django.urls import path

from ..views import symposium, symposium_chairs, symposium_deciding, symposium_own, symposium_papers

AT = "editions/<slug:edition>/<str:activity>/symposium/"
PAPER = f"{AT}papers/<int:number>/"
OWN = "own-papers/<str:token>/"

urlpatterns = [
    path("editions/<slug:edition>/symposia/", symposium.edition, name="edition"),
    path(AT, symposium.record, name="symposium"),
    path(f"{AT}open/", symposium.open_one, name="open_symposium"),
    path(f"{AT}settings/", symposium.settings, name="symposium_settings"),
    path(f"{AT}tracks/<slug:code>/", symposium.track, name="symposium_track"),
    path(f"{AT}tracks/<slug:code>/papers/", symposium_chairs.papers, name="chair_papers"),
    path(
        f"{AT}tracks/<slug:code>/papers/<int:number>/", symposium_chairs.paper, name="chair_paper"
    ),
    path(f"{AT}papers/", symposium_papers.papers, name="papers"),
    path(f"{AT}papers/take/", symposium_papers.take, name="take_papers"),
    path(f"{AT}papers/rank/", symposium_deciding.rank, name="rank_papers"),
    path(f"{AT}papers/tell/", symposium_deciding.tell, name="tell_authors"),
    path(
        f"{AT}papers/decide/<slug:outcome>/", symposium_deciding.decide_many, name="decide_papers"
    ),
    path(PAPER, symposium_papers.paper, name="paper"),
    path(f"{PAPER}decide/", symposium_deciding.decide, name="decide_paper"),
    path(f"{PAPER}take-proposal/", symposium_chairs.take, name="take_proposal"),
    path(f"{PAPER}withdraw/", symposium_deciding.withdraw, name="withdraw_paper"),
    path(f"{PAPER}authors/<int:position>/", symposium_papers.author, name="paper_author"),
    path(
        f"{PAPER}authors/<int:position>/presents/",
        symposium_papers.presents,
        name="paper_presenter",
    ),
    path(OWN, symposium_own.own_paper, name="own_paper"),
    path(f"{OWN}withdraw/", symposium_own.withdraw_own, name="withdraw_own_paper"),
]
