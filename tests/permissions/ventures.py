"""Who may open the screens of teams and ventures."""

from __future__ import annotations

from datetime import date

from karvan.stages.ventures.models import Final, FollowUp, Jury, Mentorship, Milestone

from .route import READERS, RUNNERS, SIGNED_IN, only, public

INSIDE = ("mentor", "trainer", *READERS)


def claim(world):
    """A claim of somebody else's venture."""
    made, _new = Milestone.objects.get_or_create(
        venture=world.venture,
        code="M0",
        defaults={
            "fact_on": date(2021, 1, 1),
            "claimed_at": world.enrolment.enrolled_at,
            "claimed_by": world.enrolment.person,
            "evidence": "x",
        },
    )
    world.team.memberships.get_or_create(enrolment=world.enrolment)
    Mentorship.objects.get_or_create(
        venture=world.venture, mentor=world.people["mentor"], defaults={"since": date(2021, 1, 1)}
    )
    return made


def venture(world):
    claim(world)
    return {"pk": world.venture.pk}


def jury(world):
    made, _new = Jury.objects.get_or_create(
        kind="admission", activity=world.activity, defaults={"titles": {"en": "Jury"}, "places": 1}
    )
    made.members.add(world.people["mentor"])
    return {"pk": made.pk}


def final(world):
    made, _new = Final.objects.get_or_create(
        programme=world.edition.programme,
        code="final",
        defaults={
            "titles": {"en": "Final"},
            "place": "Baku",
            "starts_on": date(2024, 5, 31),
            "ends_on": date(2024, 6, 3),
        },
    )
    return {"code": made.code}


def demo_day(world):
    made, _new = Jury.objects.get_or_create(
        kind="demo_day",
        activity=world.activity,
        defaults={"titles": {"en": "Demo day"}, "places": 3, "state": "closed"},
    )
    return made


def question(world):
    made, _new = FollowUp.objects.get_or_create(
        venture=world.venture, months=3, defaults={"due_on": date(2022, 1, 1), "token": "t" * 43}
    )
    return {"token": made.token}


def edition(world):
    return {"edition": world.edition.slug}


def offer(world):
    return {**edition(world), "mentor": world.people["mentor"].pk}


ROUTES = {
    "ventures:edition": only(INSIDE, arguments=edition),
    "ventures:form_team": only(RUNNERS, arguments=edition),
    "ventures:register": only(RUNNERS, arguments=lambda w: {**edition(w), "team": w.team.pk}),
    "ventures:venture": only(("participant", "mentor", *READERS), arguments=venture),
    "ventures:mentor": only(RUNNERS, method="post", arguments=venture),
    # The matrix's venture has no milestone of that code in its small blueprint: members get 404,
    # everybody else 403 or 404; tests/stages/ventures/test_views.py claims a real one.
    "ventures:claim": only((), arguments=lambda w: {**venture(w), "code": "M0"}),
    "ventures:wishes": only(("participant", *RUNNERS), arguments=venture),
    "ventures:match_mentors": only(RUNNERS, arguments=edition),
    "ventures:take_matching": only(RUNNERS, method="post", arguments=edition),
    "ventures:mentor_offer": only(("mentor", *RUNNERS), arguments=offer),
    "ventures:propose_teams": only(RUNNERS, arguments=edition),
    "ventures:take_teams": only(RUNNERS, method="post", arguments=edition),
    "ventures:claims": only(SIGNED_IN),
    "ventures:look": only(("mentor", *RUNNERS), arguments=lambda w: {"pk": claim(w).pk}),
    "ventures:verify": only(
        ("mentor", *RUNNERS), method="post", arguments=lambda w: {"pk": claim(w).pk}
    ),
    "ventures:give_back": only(
        ("mentor", *RUNNERS), method="post", arguments=lambda w: {"pk": claim(w).pk}
    ),
    # The claim has no paper, so nobody is given one; the reach is that of the venture.
    "ventures:claim_file": only((), arguments=lambda w: {"pk": claim(w).pk}),
    "ventures:mentoring": only(
        ("mentor",), arguments=lambda w: {"pk": claim(w).venture.mentorships.get().pk}
    ),
    "ventures:juries": only(SIGNED_IN),
    "ventures:jury": only(("mentor", *READERS), arguments=jury),
    "ventures:mark": only(("mentor",), arguments=lambda w: {**jury(w), "venture": w.venture.pk}),
    "ventures:close": only(RUNNERS, method="post", arguments=jury),
    "ventures:seat_jury": only(RUNNERS, arguments=edition),
    "ventures:plan_follow_ups": only(RUNNERS, method="post", arguments=edition),
    "ventures:finals": only(SIGNED_IN),
    "ventures:plan_final": only(
        ("officer", "administrator"), arguments=lambda w: {"programme": w.edition.programme.code}
    ),
    "ventures:enter_best": only(
        RUNNERS, method="post", arguments=lambda w: {**final(w), "jury": demo_day(w).pk}
    ),
    "ventures:rank_final": only(("officer", "administrator"), arguments=final),
    "ventures:final": only(
        ("participant", "mentor", "trainer", "partner", "neighbour", *READERS), arguments=final
    ),
    "ventures:follow_up": public(arguments=question),
}
