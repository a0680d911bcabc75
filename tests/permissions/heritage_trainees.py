"""Who may write, sign and see hours under supervision."""

from __future__ import annotations

from tests import make

from .heritage_projects import project
from .route import READERS, only


def learner(world):
    """The world's participant learns on the restoration."""
    world.restoration.activity.enrolments.get_or_create(
        person=world.people["participant"],
        defaults={"enrolled_at": make.moment(2026, 9, 1), "attributes": {}},
    )
    return project(world)


def log(world):
    arguments = learner(world)
    place = world.restoration.activity.enrolments.get(person=world.people["participant"])
    work = make.work_item(make.phase(world.restoration))
    return {**arguments, "pk": make.trainee_log(place, work).pk}


ROUTES = {
    "heritage:hours": only(("participant", "trainer", *READERS), arguments=learner),
    "heritage:hours_take_back": only(("participant",), method="post", arguments=log),
    "heritage:signing": only(("trainer", "officer", "administrator"), arguments=project),
    "heritage:trainees": only(("trainer", *READERS), arguments=project),
}
