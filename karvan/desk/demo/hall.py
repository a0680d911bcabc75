"""A session sits: the roll, an amendment, two votes, two resolutions, and what follows from them.

What is decided here is the demo's own; no source says what was voted in these halls.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from karvan.foundation import clock
from karvan.stages.convening.models import (
    AgendaItem,
    Delegation,
    Motion,
    SessionDelegate,
    Sitting,
    StatutorySession,
    VoteEvent,
)
from karvan.stages.convening.queries.hall_entitled import why_no_vote, with_credentials
from karvan.stages.convening.services.hall_amending import submit_amendment
from karvan.stages.convening.services.hall_casting import give_vote
from karvan.stages.convening.services.hall_closing import close_vote
from karvan.stages.convening.services.hall_motions import add_paragraph, submit_motion
from karvan.stages.convening.services.hall_sittings import (
    close_sitting,
    mark_in_hall,
    open_sitting,
    plan_sitting,
    take_roll,
)
from karvan.stages.convening.services.hall_votes import open_vote
from karvan.stages.convening.services.resolutions_following import say_no_follow_up
from karvan.stages.convening.services.resolutions_report import assemble_report

from .world import World, texts

PLAN = texts("Action plan for technology and culture", "Plan d'action pour la technologie et la culture", "خطة العمل للتقنية والثقافة", "Texnologiya və mədəniyyət üzrə fəaliyyət planı")  # fmt: skip
VENUE = texts("Place and date of the next session", "Lieu et date de la prochaine session", "مكان الدورة المقبلة وتاريخها", "Növbəti sessiyanın yeri və tarixi")  # fmt: skip
TAKING_NOTE = texts("Taking note of the report on the programmes held in the countries,", "Prenant note du rapport sur les programmes tenus dans les pays,", "إذ يحيط علما بالتقرير عن البرامج المنفذة في البلدان،", "Ölkələrdə keçirilmiş proqramlar barədə hesabatı nəzərə alaraq,")  # fmt: skip
APPROVES = texts("Approves the action plan.", "Approuve le plan d'action.", "يوافق على خطة العمل.", "Fəaliyyət planını təsdiq edir.")  # fmt: skip
ASKS = texts("Asks the Secretariat to report to the next session on what became of each point.", "Demande au Secrétariat de rendre compte à la prochaine session du sort de chaque point.", "يطلب من الأمانة أن تقدم إلى الدورة المقبلة تقريرا عما آل إليه كل بند.", "Katiblikdən növbəti sessiyaya hər bəndin nəticəsi barədə məlumat verməyi xahiş edir.")  # fmt: skip
ASKS_YEARLY = texts("Asks the Secretariat to report every year on what became of each point.", "Demande au Secrétariat de rendre compte chaque année du sort de chaque point.", "يطلب من الأمانة أن تقدم كل سنة تقريرا عما آل إليه كل بند.", "Katiblikdən hər il hər bəndin nəticəsi barədə məlumat verməyi xahiş edir.")  # fmt: skip
THANKS = texts("Thanks the host for its welcome.", "Remercie le pays hôte de son accueil.", "يشكر البلد المضيف على حسن استقباله.", "Ev sahibinə qonaqpərvərliyinə görə təşəkkür edir.")  # fmt: skip
DECIDES = texts("Decides to hold its next session in two years.", "Décide de tenir sa prochaine session dans deux ans.", "يقرر عقد دورته المقبلة بعد سنتين.", "Növbəti sessiyasını iki ildən sonra keçirməyi qərara alır.")  # fmt: skip
INVITES = texts("Invites the National Commission to propose a place within six months.", "Invite la Commission nationale à proposer un lieu dans les six mois.", "يدعو اللجنة الوطنية إلى اقتراح مكان في غضون ستة أشهر.", "Milli Komissiyanı altı ay ərzində yer təklif etməyə dəvət edir.")  # fmt: skip
OPENING = texts("Opening; action plan", "Ouverture ; plan d'action", "الافتتاح؛ خطة العمل", "Açılış; fəaliyyət planı")  # fmt: skip
CLOSING = texts("Next session; closing", "Prochaine session ; clôture", "الدورة المقبلة؛ الاختتام", "Növbəti sessiya; bağlanış")  # fmt: skip
ONLY_THANKS = "It only thanks; nothing is to be done."


def tell_hall(world: World, session: StatutorySession) -> None:
    """Two sittings of a session that has delegations: one roll call, one consensus, two resolutions."""
    voters = [one for one in with_credentials(session) if not why_no_vote(one)]
    with at_hour(session, time(8)):
        drafts = _drafts(world, session, voters)
    morning = sitting_of(world, session, time(9, 30), OPENING, voters[:-1] or voters)
    with at_hour(session, time(11)):
        amendment = submit_amendment(
            drafts[0], number="2", act="replace", texts=ASKS_YEARLY, sponsors=voters[1:2], by=None
        )
        _by_roll(world, morning, amendment, voters, against=2)
    with at_hour(session, time(11, 30)):
        _by_roll(world, morning, drafts[0], voters, against=1)
        close_sitting(morning, by=world.people["officer"])
    afternoon = sitting_of(world, session, time(15), CLOSING, voters)
    with at_hour(session, time(16)):
        close_vote(
            open_vote(
                afternoon,
                method="consensus",
                requirement="consensus",
                motion=drafts[1],
                by=world.people["officer"],
            ),
            by=world.people["officer"],
        )
        close_sitting(afternoon, by=world.people["officer"])
    _followed(world, session)


def _drafts(
    world: World, session: StatutorySession, voters: list[Delegation]
) -> tuple[Motion, Motion]:
    officer = world.people["officer"]
    items = list(session.agenda_items.filter(state=AgendaItem.State.INCLUDED))
    plan = submit_motion(
        session,
        kind="resolution",
        titles=PLAN,
        item=items[0] if items else None,
        sponsors=voters[:1],
        co_sponsors=voters[1:4],
        by=officer,
    )
    add_paragraph(plan, is_operative=False, texts=TAKING_NOTE, by=officer)
    add_paragraph(plan, is_operative=True, texts=APPROVES, by=officer)
    due = session.ends_on + timedelta(days=365)
    organisation = world.parties["organisation"]
    add_paragraph(plan, is_operative=True, texts=ASKS, owner=organisation, due_on=due, by=officer)
    add_paragraph(plan, is_operative=True, texts=THANKS, by=officer)
    venue = submit_motion(
        session,
        kind="decision",
        titles=VENUE,
        item=items[-1] if items else None,
        sponsors=voters[2:3],
        by=officer,
    )
    add_paragraph(venue, is_operative=True, texts=DECIDES, by=officer)
    due = session.ends_on + timedelta(days=183)
    commission = world.parties["commission-az"]
    add_paragraph(venue, is_operative=True, texts=INVITES, owner=commission, due_on=due, by=officer)
    return plan, venue


def sitting_of(
    world: World,
    session: StatutorySession,
    starts: time,
    titles: dict[str, str],
    present: list[Delegation],
) -> Sitting:
    officer = world.people["officer"]
    heads = SessionDelegate.objects.filter(delegation__in=present).order_by("pk")
    with at_hour(session, starts):
        planned = datetime.combine(session.starts_on, starts, ZoneInfo(session.time_zone))
        sitting = plan_sitting(
            session,
            planned_start=planned,
            planned_end=planned + timedelta(hours=3),
            titles=titles,
            chair=heads.first(),
            rapporteur=heads.last(),
            items=session.agenda_items.filter(state=AgendaItem.State.INCLUDED),
            by=officer,
        )
        sitting = open_sitting(sitting, by=officer)
        guests = session.delegations.exclude(capacity=Delegation.Capacity.MEMBER)
        take_roll(sitting, present=[*present, *guests], by=officer)
    return sitting


def _by_roll(
    world: World, sitting: Sitting, motion: Motion, voters: list[Delegation], *, against: int
) -> VoteEvent:
    """All in favour but so many against, and one that abstains; the last has come in by now."""
    officer = world.people["officer"]
    for delegation in voters[-1:]:
        mark_in_hall(sitting, delegation, is_present=True, by=officer)
    drawn = world.random.choice(voters)
    event = open_vote(
        sitting,
        method="roll_call",
        requirement="simple",
        motion=motion,
        begins_with=drawn.membership,
        by=officer,
    )
    others = [*["no"] * against, "abstain"] if len(voters) > 2 * against + 2 else []
    options = [*["yes"] * (len(voters) - len(others)), *others]
    for delegation, option in zip(voters, options, strict=True):
        give_vote(event, delegation, option=option, by=officer)
    return close_vote(event, by=officer)


def _followed(world: World, session: StatutorySession) -> None:
    """One paragraph only thanks; the reports are assembled in two languages."""
    officer = world.people["officer"]
    with at_hour(session, time(18)):
        plan = session.resolutions.get(titles=PLAN)
        thanks = plan.paragraphs.filter(is_operative=True).last()
        if thanks is not None:
            say_no_follow_up(thanks, reason=ONLY_THANKS, by=officer)
        for language in ("en", "ar"):
            assemble_report(session, language=language, by=officer)


@contextmanager
def at_hour(session: StatutorySession, hour: time) -> Iterator[None]:
    """As of an hour of the session's first day in its own time; never later than now."""
    moment = datetime.combine(session.starts_on, hour, ZoneInfo(session.time_zone))
    with clock.replaying(min(moment, timezone.now())):
        yield
