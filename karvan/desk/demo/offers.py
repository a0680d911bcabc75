"""Chapter four: version 2 makes two days the rule and adds the common final; eleven editions answer.

Facts: two days were held in Azerbaijan and in Kazakhstan in September 2021; from September 2022 on a
jury takes the three best teams of each country to a common final (icesco.org 2022/09/10). That these
became a second version of one design, what else it says, and how each edition answered and why, is
the demo's own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from karvan.desk.queries.versions import held_of
from karvan.desk.services import publish_version, take_version
from karvan.foundation.people.models import Person
from karvan.stages.blueprints import library
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.blueprints.services import import_blueprint
from karvan.stages.editions.models import Edition, VersionOffer
from karvan.stages.editions.services import decline_version, depart, preview_version

from .cast import coordinator
from .world import World, at

PUBLISHED_ON = date(2022, 9, 10)
NOTE = (
    "Two days are the rule for the boot camp, as the first two countries held it; "
    "every country sends its three best teams to a common final."
)
WHY = {
    "summary": "It says two days now.",
    "activities.BC3.duration": "The first two countries held two days, and nothing was missing.",
    "activities.BC3.plan": "Two days instead of three.",
    "activities.BC3.sessions": "What the first two countries kept, and the minutes they gave it.",
    "activities.AC6.demo_day.to_final": "A jury takes the three best teams of each country to a common final.",
    "indicators.COMP": "Those who take up a place are counted, also when they leave early.",
    "locks": "Between two and three days; the number of teams in the final is the same everywhere.",
}
CAMP = ("activities.BC3.duration", "activities.BC3.sessions", "activities.BC3.plan")
LATER = "The camp is announced with three days; the next one will have two."
NO_ROOM = "The calls for 2022 are out, and the national final is set; the edition ends as it began."
THREE = (
    "Universities here count three days as one credit; the third day is for intellectual property."
)


def second_version(world: World, first: Blueprint) -> Blueprint:
    """Publish version 2 and let every edition answer; returns it."""
    officer = world.people["officer"]
    with at(PUBLISHED_ON):
        source = library.source(first.programme.code, 2)
        draft = import_blueprint(first.programme, source=source, note=NOTE, by=officer)
        version, offers = publish_version(
            draft, note=NOTE, notes=WHY, signature=officer.full_name, by=officer
        )
    for offer in offers:
        country = offer.edition.country_id
        answered_on, answer = ANSWERS.get(country, (None, None))
        if answer is not None and answered_on is not None:
            with at(answered_on):
                answer(offer, coordinator(world, country))
    return version


def _whole(offer: VersionOffer, by: Any) -> None:
    """Take it; where the country departs already, its own stays."""
    take_version(offer, settled=_ours(offer), by=by)


def _without_two_days(reason: str) -> Callable[[VersionOffer, Any], None]:
    def answer(offer: VersionOffer, by: Person) -> None:
        take_version(offer, left=CAMP, settled=_ours(offer), reason=reason, by=by)

    return answer


def _declined(reason: str) -> Callable[[VersionOffer, Any], None]:
    def answer(offer: VersionOffer, by: Person) -> None:
        decline_version(offer, reason=reason, by=by)

    return answer


def _ours(offer: VersionOffer) -> dict[str, str]:
    carried = preview_version(offer, held=held_of(offer.edition))
    return {clash.path: "ours" for clash in carried.clashes}


ANSWERS: dict[str, tuple[date, Callable[[VersionOffer, Any], None]]] = {
    "AZ": (date(2022, 9, 12), _whole),  # its two days are what the version now says
    "KZ": (date(2022, 9, 14), _whole),  # and four weeks of the course stay its own
    "UZ": (date(2022, 9, 15), _whole),  # its three days had been held
    "KG": (date(2022, 9, 20), _whole),
    "PK": (date(2022, 9, 19), _declined(NO_ROOM)),
    "NG": (date(2022, 9, 22), _without_two_days(LATER)),
    "MA": (date(2022, 10, 3), _whole),
    "EG": (date(2022, 10, 10), _without_two_days(THREE)),
    "SN": (date(2022, 9, 27), _whole),
    "JO": (date(2022, 10, 17), _whole),
    # Brunei never answers: its offer lapses when the edition closes.
}


# Version 3, of these days.
AGO = 9  # days since version 3 was published
NOTE_3 = "More time with mentors: a mentor for two teams, and an hour for the first round."
WHY_3 = {
    "activities.BC3.duration.contact_minutes": "The first mentor round is a quarter of an hour longer.",
    "activities.BC3.cohort.mentor_ratio_teams": "Teams asked for more time with their mentors in feedback.",
    "activities.BC3.sessions.D1S5": "Forty-five minutes were too few for three teams a mentor.",
    "activities.BC3.selection.quotas.DISABILITY": "Associations of persons with disabilities asked for more places.",
}
_CHANGES_3 = (
    (b"contact_minutes: 900", b"contact_minutes: 915"),
    (b"mentor_ratio_teams: 3", b"mentor_ratio_teams: 2"),
    (
        b"{id: D1S5, day: 1, kind: mentoring, minutes: 45",
        b"{id: D1S5, day: 1, kind: mentoring, minutes: 60",
    ),
    (
        b'{key: DISABILITY, attribute: disability, values: ["yes"], floor_percent: 5',
        b'{key: DISABILITY, attribute: disability, values: ["yes"], floor_percent: 8',
    ),
)
MENTORS = "activities.BC3.cohort.mentor_ratio_teams"
FEW_MENTORS = "Twelve mentors are all that the country has for this camp."
ENDED = "The edition has ended; the next one begins with version 3."


def third_version(world: World, second: Blueprint) -> Blueprint:
    """A version of these days: most coordinators have not answered yet; returns it."""
    officer = world.people["officer"]
    with at(world.day(-AGO - 20)):
        kazakhstan = _present(second, "KZ")
        by: Any = coordinator(world, "KZ")
        depart(kazakhstan, path=MENTORS, after=4, reason=FEW_MENTORS, by=by)
    with at(world.day(-AGO)):
        source = bytes(second.source)
        for before, after in _CHANGES_3:
            source = source.replace(before, after, 1)
        draft = import_blueprint(second.programme, source=source, note=NOTE_3, by=officer)
        version, _offers = publish_version(
            draft, note=NOTE_3, notes=WHY_3, signature=officer.full_name, by=officer
        )
    with at(world.day(-AGO + 3)):
        uzbekistan = _present(version, "UZ", offered=True)
        _whole(uzbekistan.version_offers.get(blueprint=version), coordinator(world, "UZ"))
    with at(world.day(-AGO + 4)):
        senegal = _present(version, "SN", offered=True)
        offer = senegal.version_offers.get(blueprint=version)
        by = coordinator(world, "SN")
        decline_version(offer, reason=ENDED, by=by)
    return version


def _present(version: Blueprint, country: str, *, offered: bool = False) -> Edition:
    """The country's edition of these days, which stands on a version or was offered it."""
    rows = Edition.objects.filter(country_id=country, programme=version.programme)
    known = {"version_offers__blueprint": version} if offered else {"blueprint": version}
    return rows.filter(**known).exclude(state="closed").latest("pk")
