"""The symposium on sustainable and smart cities in Agadir: called in 2021, held in March 2022.

That it was agreed and met is in the ledger; its days, authors, papers and people are invented. The
chapter has dice of its own, so that it may be told anywhere after the designs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from karvan.foundation.people.models import Person
from karvan.foundation.people.services import create_person
from karvan.foundation.places.models import Country
from karvan.stages.blueprints.models import Blueprint
from karvan.stages.calls.models import Call
from karvan.stages.calls.services import (
    draft_call,
    move_deadline,
    publish_call,
    start_application,
    submit_application,
)
from karvan.stages.convening.models import Paper, Symposium
from karvan.stages.convening.services.programme_laying import lay_out_programme
from karvan.stages.convening.services.programme_sessions import (
    add_session,
    change_session,
    make_sessions,
)
from karvan.stages.convening.services.symposium_deciding import (
    decide_by_rank,
    plan_by_rank,
    tell_authors,
    withdraw_paper,
)
from karvan.stages.convening.services.symposium_opening import (
    change_track,
    open_symposium,
    set_up_symposium,
)
from karvan.stages.convening.services.symposium_papers import take_papers
from karvan.stages.convening.services.symposium_wishes import wish_papers
from karvan.stages.delivery.services import enrol
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.services import (
    add_room,
    add_venue,
    adopt_blueprint,
    finish_adoption,
    plan_dates,
    record_actual_dates,
    use_venue,
)
from karvan.stages.reviews.services import (
    add_reviewer,
    assign_reads,
    close_round,
    open_round,
    prepare_round,
)
from karvan.stages.timetables.services import build_timetable, publish_timetable

from .cast import coordinator
from .names import Invented, invent
from .stages import noon, read_all
from .symposium_titles import PAPERS, SENTENCES
from .world import World, at, texts

SEED = 20220316
FIRST, LAST = date(2022, 3, 16), date(2022, 3, 17)
OPENS, DEADLINE, EXTENDED = date(2021, 9, 20), date(2021, 11, 15), date(2021, 11, 30)
TALKS, POSTERS, ATTENDING, WISHED = 4, 1, 36, 5
INSTITUTIONS = {
    "MA": "Institute of Urban Studies, Agadir",
    "AZ": "School of Architecture, Baku",
    "EG": "Centre for Built Environment, Cairo",
    "SN": "Laboratory of Towns, Dakar",
    "JO": "Faculty of Planning, Amman",
    "UZ": "Institute of Water, Tashkent",
    "KZ": "Centre for Mobility, Almaty",
    "PK": "School of Energy, Lahore",
}
READS = {"MA": ["ar", "fr", "en"], "EG": ["ar", "en"], "SN": ["fr", "en"], "AZ": ["az", "en"]}


def tell_symposium(world: World) -> Symposium:
    """Tell the symposium from its adoption to its published programme; returns it.

    Needs countries, parties, staff and the published designs. Cost: some 5 s of CPU.
    """
    tale = _Tale(world)
    with at(2021, 9, 1):
        activity = tale.adopted()
    call = tale.called(activity)
    with at(2021, 12, 1):
        symposium = tale.read(call)
    with at(2022, 1, 17):
        tale.decided(symposium)
    with at(2022, 2, 14):
        tale.attended(symposium)
    with at(2022, 3, 7):
        tale.arranged(symposium)
    with at(LAST, hour=18):
        record_actual_dates(activity, starts_on=FIRST, ends_on=LAST, reason="", by=tale.by)
    return symposium


class _Tale:
    """Who tells it, with which dice."""

    def __init__(self, world: World) -> None:
        self.world, self.dice = world, Random(SEED)  # noqa: S311 - a demo's dice
        self.by: Any = coordinator(world, "MA")
        self.used: set[str] = set()  # among authors; elsewhere somebody may have the same name

    def invented(self, country: str) -> Invented:
        """An invented name that nobody at the symposium has yet."""
        while True:
            found = invent(country, self.dice)
            if found.latin not in self.used:
                self.used.add(found.latin)
                return found

    def name(self, country: str) -> str:
        """The same in Latin letters."""
        return self.invented(country).latin

    def person(self, country: str) -> Person:
        """An invented person without an address."""
        one = self.invented(country)
        return create_person(
            full_name=one.latin,
            names=one.native,
            country=Country.objects.get(pk=country),
            by=None,
        )

    def adopted(self) -> Activity:
        """Morocco adopts the design, with a congress hall in Agadir."""
        edition: Edition = adopt_blueprint(
            Blueprint.objects.get(programme__code="SCS", number=1),
            country=Country.objects.get(pk="MA"),
            code="MA-2022",
            languages=["ar", "fr", "en"],
            host=self.world.parties["commission-ma"],
            by=self.by,
        )
        self.world.role(self.by, "coordinator", edition.scope)
        venue = add_venue(
            country=edition.country,
            names=texts("Congress hall", "Palais des congrès", "قصر المؤتمرات", "Konqres sarayı"),
            city="Agadir",
            by=self.by,
        )
        add_room(venue, code="GREAT", name="Souss", kinds=["HALL"], seats=220, by=self.by)
        for number, name in enumerate(("Argan", "Anza"), start=1):
            add_room(venue, code=f"R{number}", name=name, kinds=["SEM"], seats=60, by=self.by)
        use_venue(edition, venue=venue, by=self.by)
        finish_adoption(edition, by=self.by)
        activity = edition.activities.get(code="SYM")
        return plan_dates(activity, starts_on=FIRST, ends_on=LAST, by=self.by)

    def called(self, activity: Activity) -> Call:
        """The call for abstracts, whose deadline is moved once, and what came."""
        with at(2021, 9, 6):
            call = publish_call(
                draft_call(
                    activity,
                    opens_at=noon(OPENS),
                    advertised_deadline=noon(DEADLINE),
                    closes_at=noon(DEADLINE),
                    places=40,
                    languages=["en", "fr", "ar", "az"],
                    by=self.by,
                ),
                by=self.by,
            )
        for number, paper in enumerate(PAPERS):
            late = number >= len(PAPERS) * 2 // 3
            if late and call.advertised_deadline == noon(DEADLINE):
                with at(2021, 11, 12):
                    why = "Authors asked for more time."
                    call = move_deadline(call, advertised_deadline=noon(EXTENDED), reason=why, by=self.by)  # fmt: skip
            on = date(2021, 11, 20) if late else date(2021, 10, 4 + number)
            with at(on):
                self.sent(call, number, paper)
        return call

    def sent(self, call: Call, number: int, paper: Sequence[str]) -> None:
        """One abstract with two authors of invented names."""
        country, track, language, title = paper
        authors = [self.name(country), self.name(self.dice.choice([*INSTITUTIONS]))]
        sentences = list(SENTENCES[language])
        self.dice.shuffle(sentences)
        draft = start_application(call, language=language)
        submit_application(
            draft,
            raw={
                "full_name": authors[0],
                "email": f"author{number + 1}@demo.karvan.example",
                "track": track,
                "language": language,
                "title": title,
                "abstract": " ".join(sentences),
                "keywords": {"ar": "مدن، قياس", "fr": "villes, mesure", "az": "şəhərlər, ölçmə"}.get(language, "cities, measurement"),
                "prefers": "poster" if number % 9 == 8 else "either",
                "authors": [
                    {
                        "name": name,
                        "institution": INSTITUTIONS[country],
                        "country": country,
                        "presents": "yes" if name == authors[0] else "no",
                    }
                    for name in authors
                ],
                "consent": "on",
            },
            language=language,
        )  # fmt: skip

    def read(self, call: Call) -> Symposium:
        """Three read each abstract without names."""
        round_ = prepare_round(call, by=self.by)
        for country, languages in READS.items():
            for _reader in range(3):
                add_reviewer(round_, person=self.person(country), languages=languages, by=self.by)
        open_round(round_, by=self.by)
        assign_reads(round_, seed="demo", by=self.by)
        before = self.world.random
        self.world.random = self.dice
        read_all(self.world, round_)
        self.world.random = before
        close_round(round_, by=self.by)
        return open_symposium(call.activity, by=self.by)

    def decided(self, symposium: Symposium) -> None:
        """The committee decides by rank and writes; one author cannot come."""
        take_papers(symposium, by=self.by)
        for track in symposium.tracks.all():
            change_track(track, names=track.names, chair=self.person("MA"), by=self.by)
        plan = plan_by_rank(symposium, talks=TALKS, posters=POSTERS)
        decide_by_rank(
            symposium, talks=TALKS, posters=POSTERS, key=plan.key,
            reason="There were more good abstracts than hours.", by=self.by,
        )  # fmt: skip
        tell_authors(symposium, by=self.by)
        last = symposium.papers.filter(state=Paper.State.TALK).order_by("-number").first()
        if last is not None:
            withdraw_paper(last, reason="The author cannot travel.", by=self.by)

    def attended(self, symposium: Symposium) -> None:
        """Those who come say what they want to hear."""
        set_up_symposium(
            symposium, talk_minutes=20, session_minutes=60, parallel=2,
            wishes_until=datetime(2022, 3, 6, 20, tzinfo=UTC), by=self.by,
        )  # fmt: skip
        symposium.refresh_from_db()
        given = symposium.papers.filter(state__in=[Paper.State.TALK, Paper.State.POSTER])
        offered = list(given.order_by("number").values_list("pk", flat=True))
        for number in range(ATTENDING):
            country = [*INSTITUTIONS][number % len(INSTITUTIONS)]
            one = enrol(symposium.activity, person=self.person(country), by=self.by)
            wish_papers(one, papers=self.dice.sample(offered, WISHED), by=one.person)

    def arranged(self, symposium: Symposium) -> None:
        """Sessions, a keynote, and the programme that keeps wishes apart."""
        make_sessions(symposium, by=self.by)
        keynote = texts(
            "Keynote: what a city owes its youngest", "Conférence : ce qu'une ville doit à ses plus jeunes",
            "محاضرة رئيسة: ما تدين به المدينة لأصغر سكانها", "Əsas məruzə: şəhər ən kiçiklərinə nə borcludur",
        )  # fmt: skip
        speaker = self.person("SN")
        add_session(symposium, titles=keynote, kind="keynote", speaker=speaker, minutes=45, day=1, by=self.by)  # fmt: skip
        for session in symposium.sessions.filter(kind="papers").select_related("track"):
            chair = session.track.chair if session.track else None
            change_session(session, titles=session.titles, chair=chair, by=self.by)
        lay_out_programme(symposium, by=self.by)
        publish_timetable(build_timetable(symposium.activity, by=self.by), by=self.by)
