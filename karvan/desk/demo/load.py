"""Tell the whole story, chapter by chapter; each is one transaction and says how far it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

from karvan.foundation.messages.models import Message
from karvan.foundation.people.models import Person
from karvan.foundation.places.services import load_places
from karvan.stages.blueprints import library
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.services import (
    create_programme,
    import_blueprint,
    publish_blueprint,
)

from . import (
    agreed,
    azerbaijan,
    budgets,
    cast,
    doha,
    monuments,
    more,
    now,
    offers,
    partnerships,
    restoration,
    rollouts,
    statutory,
    symposium,
    ten,
    titles,
    workshops,
)
from .world import World, at

T = TypeVar("T")


def is_empty() -> bool:
    """True if nobody is in the database yet."""
    return not Person.objects.exists()


def load(say: Callable[[str], object]) -> World:
    """Load the demo world into an empty database; ``say`` gets one line a chapter.

    Cost: under 90 s on two cores.
    """
    world = World(say=say)
    _chapter(world, "countries, weeks and holidays", lambda: load_places(by=None))
    _chapter(world, "parties", lambda: cast.parties(world))
    _chapter(world, "people", lambda: cast.staff(world))
    _chapter(world, "January 2021: the meeting", lambda: agreed.meeting(world))
    blueprint = _chapter(world, "the programmes' designs", lambda: designs(world))
    edition = _chapter(world, "Azerbaijan adopts", lambda: azerbaijan.adopted(world, blueprint))
    ventures = _chapter(
        world, "Azerbaijan: call, choice, camp, course", lambda: azerbaijan.held(world, edition)
    )
    _chapter(world, "ten more countries", lambda: ten.first_editions(world, blueprint))
    second = _chapter(
        world, "version 2: eleven editions answer", lambda: offers.second_version(world, blueprint)
    )
    _chapter(
        world,
        "Azerbaijan: what became of 23 ventures",
        lambda: azerbaijan.followed(world, edition, ventures),
    )
    _chapter(world, "their three best teams", lambda: ten.winners(world))
    _chapter(world, "the common final of 2024", lambda: ten.final(world, second))
    _chapter(world, "what was found of other promises", lambda: agreed.evidence(world))
    for title, tell in (
        ("today: three countries adopt", now.adopting),
        ("today: two countries call", now.calling),
        ("today: Egypt reads", now.reading),
        ("today: Kazakhstan chooses", now.choosing),
        ("today: Kyrgyzstan's camp is ahead", now.ahead),
        ("today: Uzbekistan is in its course", now.in_course),
        ("today: Senegal has certified", now.certified),
    ):
        _chapter(world, title, lambda tell=tell: tell(world, second))  # type: ignore[misc]
    _chapter(
        world, "today: version 3 waits for answers", lambda: offers.third_version(world, second)
    )
    _chapter(world, "budgets of Kazakhstan and Kyrgyzstan", lambda: budgets.spent(world))
    _chapter(world, "memorandum, nominations, notes, feedback", lambda: more.corners(world))
    _chapter(world, "next year's way of the team", lambda: rollouts.agreed_year(world))
    oximeter = _chapter(world, "Morocco takes devices apart", lambda: workshops.held(world))
    _chapter(world, "Senegal carries one on", lambda: workshops.carried_on(world, oximeter))
    convened(world)
    _chapter(world, "letters of the past are held", hold_letters)
    return world


def convened(world: World) -> None:
    """What is not a course: councils, a symposium, a title, partnerships, monuments."""
    _chapter(world, "who is partner of whom", lambda: partnerships.tell_partnerships(world))
    _chapter(
        world,
        "2015: the Council and the Conference; one is ahead",
        lambda: statutory.tell_statutory(world),
    )
    held = _chapter(world, "Agadir's symposium", lambda: symposium.tell_symposium(world))
    _chapter(world, "its proceedings", lambda: titles.tell_proceedings(world, held))
    item, decided = _chapter(world, "2023: ministers meet in Doha", lambda: doha.tell_doha(world))
    _chapter(
        world,
        "Shusha's way to 2024",
        lambda: titles.tell_titles(world, item=item, resolution=decided),
    )
    register = _chapter(world, "monuments of Azerbaijan", lambda: monuments.tell_monuments(world))
    _chapter(
        world,
        "a palace is restored",
        lambda: restoration.tell_restoration(world, register.monuments.get(national_id="AZ-007")),
    )


def hold_letters() -> int:
    """The history wrote its letters anew; nobody is to get one now. Returns how many are held."""
    return Message.objects.filter(state=Message.State.QUEUED).update(
        state=Message.State.HELD, problem="Written while the history was replayed; never sent."
    )


def designs(world: World) -> Blueprint:
    """Both programmes of the library, published as version 1; returns the ventures' one."""
    officer = world.people["officer"]
    published = {}
    with at(2021, 3, 15):
        for code in library.codes():
            data = library.data(code)
            programme = create_programme(
                code=code,
                titles=data["title"],
                summaries=data.get("summary", {}),
                owner=world.parties["organisation"],
                by=officer,
            )
            draft = import_blueprint(programme, source=library.source(code), note="", by=officer)
            published[code] = publish_blueprint(
                draft, note="As agreed in January.", signature=officer.full_name, by=officer
            )
    return published["TVP"]


def _chapter(world: World, title: str, tell: Callable[[], T]) -> T:
    start = time.monotonic()
    with transaction.atomic():
        told = tell()
    world.say(f"{title} ({time.monotonic() - start:.1f} s)")
    return told
