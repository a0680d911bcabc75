"""Addresses of the hall: sittings, roll, motions, votes, the screen, the delegate's ballot."""

from __future__ import annotations

from django.urls import path

from ..views import (
    hall_motions,
    hall_paragraphs,
    hall_roll,
    hall_screen,
    hall_sittings,
    hall_votes,
    hall_voting,
    order_of_work,
)

SESSION = "organs/<slug:organ>/<slug:session>/"
SITTING = f"{SESSION}sittings/<int:number>/"
MOTION = f"{SESSION}motions/<int:pk>/"
PARAGRAPH = f"{MOTION}paragraphs/<int:paragraph>/"
VOTE = f"{SESSION}votes/<int:pk>/"

urlpatterns = [
    path(f"{SESSION}sittings/", hall_sittings.sittings, name="sittings"),
    path(f"{SESSION}sittings/plan/", hall_sittings.plan, name="plan_sitting"),
    path(f"{SESSION}sittings/order-of-work/", order_of_work.order_of_work, name="order_of_work"),
    path(SITTING, hall_sittings.sitting, name="sitting"),
    path(f"{SITTING}change/", hall_sittings.change, name="change_sitting"),
    path(f"{SITTING}open/", hall_sittings.open_it, name="open_sitting"),
    path(f"{SITTING}close/", hall_sittings.close_it, name="close_sitting"),
    path(f"{SITTING}roll/", hall_roll.roll, name="roll"),
    path(f"{SITTING}roll/<int:delegation>/", hall_roll.mark, name="mark_in_hall"),
    path(f"{SITTING}put/", hall_votes.put, name="put_to_vote"),
    path(f"{SESSION}motions/", hall_motions.motions, name="motions"),
    path(f"{SESSION}motions/submit/", hall_motions.submit, name="submit_motion"),
    path(MOTION, hall_motions.motion, name="motion"),
    path(f"{MOTION}amend/", hall_motions.amend, name="amend_motion"),
    path(f"{MOTION}first/", hall_motions.first, name="amendment_first"),
    path(f"{MOTION}carry/", hall_motions.carry, name="carry_motion"),
    path(f"{MOTION}move/<slug:to>/", hall_motions.move, name="move_motion"),
    path(f"{MOTION}paragraphs/", hall_paragraphs.add, name="add_paragraph"),
    path(PARAGRAPH, hall_paragraphs.change, name="change_paragraph"),
    path(f"{PARAGRAPH}remove/", hall_paragraphs.remove, name="remove_paragraph"),
    path(f"{SESSION}votes/", hall_votes.votes, name="votes"),
    path(VOTE, hall_votes.vote, name="vote"),
    path(f"{VOTE}call/<int:delegation>/", hall_voting.call, name="call_vote"),
    path(f"{VOTE}take-back/<int:delegation>/", hall_voting.take_back, name="take_back_vote"),
    path(f"{VOTE}objection/", hall_voting.object_to, name="object_to"),
    path(f"{VOTE}count/<slug:teller>/", hall_voting.count, name="enter_count"),
    path(f"{VOTE}close/", hall_voting.close, name="close_vote"),
    path(f"{VOTE}void/", hall_voting.void, name="void_vote"),
    path(f"{VOTE}next-round/", hall_voting.next_round, name="next_round"),
    path(f"{SESSION}screen/", hall_screen.screen, name="hall_screen"),
    path(f"{SESSION}ballot/", hall_screen.ballot, name="ballot"),
]
