"""Titles and proceedings: the register since 2005, Shusha's way to 2024, the papers of Agadir.

Facts: decided in September 2023 at Doha (the day is not in the sources), title of 2024, opened on
11 May 2024; Samarkand followed, opened on 27 May 2025. The file, the experts, their marks and the
committee are invented.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.files.base import ContentFile

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.places.models import Country
from karvan.foundation.ui.sheets import Heading, Paragraph, Sheet, render_sheet
from karvan.stages.convening.models import (
    AgendaItem,
    Organ,
    Paper,
    Proceedings,
    Resolution,
    StatutorySession,
    Symposium,
    Title,
    TitleCycle,
    TitleNomination,
    TitleSeries,
)
from karvan.stages.convening.services import (
    proceedings_papers,
    proceedings_recommendations,
    proceedings_releasing,
    titles_cycles,
    titles_deciding,
    titles_held,
    titles_judging,
    titles_nominations,
)
from karvan.stages.convening.services.title_register_loading import load_titles

from .world import World, at, texts

SOURCE = "Register of titles"
SHUSHA = texts("Shusha", "Choucha", "شوشا", "Şuşa")
FILE = {
    "heritage": texts("A fortress town on a rock, its mosques, houses and carpets.", "Une ville forte sur un rocher, ses mosquées, ses maisons et ses tapis.", "مدينة حصينة على صخرة، بمساجدها وبيوتها وسجادها.", "Qaya üstündə qala şəhər, məscidləri, evləri və xalçaları."),
    "institutions": texts("Museums of carpets and of music, a house of the arts, two libraries.", "Musées du tapis et de la musique, une maison des arts, deux bibliothèques.", "متحفا السجاد والموسيقى ودار للفنون ومكتبتان.", "Xalça və musiqi muzeyləri, incəsənət evi, iki kitabxana."),
    "scholars": texts("Poets, composers and singers of mugham were born here.", "Des poètes, des compositeurs et des chanteurs de mugham y sont nés.", "ولد فيها شعراء وملحنون ومغنو المقام.", "Şairlər, bəstəkarlar və muğam ifaçıları burada doğulub."),
    "festivals": texts("A music festival in May and days of poetry in August.", "Un festival de musique en mai et des journées de poésie en août.", "مهرجان للموسيقى في مايو وأيام للشعر في أغسطس.", "Mayda musiqi festivalı, avqustda poeziya günləri."),
    "infrastructure": texts("A new road, an airport within an hour, four hotels, halls for 1,200.", "Une route nouvelle, un aéroport à une heure, quatre hôtels, des salles pour 1 200 personnes.", "طريق جديد ومطار على بعد ساعة وأربعة فنادق وقاعات تسع 1200 شخص.", "Yeni yol, bir saatlıqda hava limanı, dörd otel, 1200 nəfərlik zallar."),
    "programme": texts("Forty events from May to November, eight of them with other member states.", "Quarante manifestations de mai à novembre, dont huit avec d'autres États membres.", "أربعون فعالية من مايو إلى نوفمبر، ثمان منها مع دول أعضاء أخرى.", "Maydan noyabra qədər qırx tədbir, səkkizi digər üzv dövlətlərlə."),
    "budget": texts("Two thirds from the state, one third from the city and sponsors.", "Deux tiers de l'État, un tiers de la ville et de mécènes.", "الثلثان من الدولة والثلث من المدينة والرعاة.", "Üçdə ikisi dövlətdən, üçdə biri şəhərdən və sponsorlardan."),
    "committee": texts("Chaired by the ministry, with the city, the commission and artists.", "Présidé par le ministère, avec la ville, la commission et des artistes.", "برئاسة الوزارة مع المدينة واللجنة والفنانين.", "Nazirliyin sədrliyi ilə, şəhər, komissiya və sənətçilər."),
}  # fmt: skip
EVENTS = (
    (date(2024, 5, 11), None, texts("Opening", "Ouverture", "الافتتاح", "Açılış"), SOURCE),
    (date(2024, 5, 31), date(2024, 6, 3), texts("Common final of young entrepreneurs, in Baku and Shusha", "Finale commune des jeunes entrepreneurs, à Bakou et Choucha", "النهائي المشترك لرواد الأعمال الشباب في باكو وشوشا", "Gənc sahibkarların birgə finalı, Bakı və Şuşada"), "icesco.org; azernews 226930"),
)  # fmt: skip
ADVICE = (
    texts("Cities measure heat, water and air in one way, so that they can learn from each other.", "Les villes mesurent la chaleur, l'eau et l'air d'une même façon, pour apprendre les unes des autres.", "تقيس المدن الحرارة والماء والهواء بطريقة واحدة لتتعلم بعضها من بعض.", "Şəhərlər istiliyi, suyu və havanı eyni üsulla ölçür ki, bir-birindən öyrənsin."),
    texts("A yearly school on smart cities for young engineers is set up.", "Une école annuelle sur les villes intelligentes est créée pour de jeunes ingénieurs.", "تنشأ مدرسة سنوية عن المدن الذكية للمهندسين الشباب.", "Gənc mühəndislər üçün ağıllı şəhərlər üzrə illik məktəb yaradılır."),
    texts("Old town centres are counted among the sustainable quarters.", "Les centres anciens sont comptés parmi les quartiers durables.", "تحتسب المراكز القديمة ضمن الأحياء المستدامة.", "Köhnə şəhər mərkəzləri dayanıqlı məhəllələrdən sayılır."),
)  # fmt: skip
MOST_PAPERS = 8


def tell_titles(
    world: World, *, item: AgendaItem | None = None, resolution: Resolution | None = None
) -> Title:
    """The register, then Shusha from its nomination to its year; returns Shusha's title.

    ``item`` and ``resolution`` are those of the ministers' conference where its chapter was told.
    Cost: about 1 s.
    """
    officer = world.people["officer"]
    with at(2022, 10, 3):
        load_titles(by=officer)
        series = TitleSeries.objects.get(code="culture")
        ministry = world.parties["culture-az"]
        delegate = world.person("AZ", "titles-az", language="az")
        world.role(delegate, "partner", series.scope, ministry)
        cycle = titles_cycles.plan_cycle(series, year=2024, by=officer)
        titles_cycles.call_states(cycle, closes_on=date(2023, 3, 31), by=officer)
    nomination = _nominated(world, cycle, delegate)
    with at(2023, 6, 20):
        titles_deciding.propose_nomination(nomination, item=item or conference(), by=officer)
    with at(2023, 10, 2):
        title = titles_deciding.grant_title(
            nomination,
            decided_on=date(2023, 9, 1),
            decided_precision="month",
            resolution=resolution,
            source=SOURCE,
            by=officer,
        )
        titles_held.name_committee(
            title,
            members=[
                {"name": world.name("AZ").latin, "office": office}
                for office in (
                    "Chair, Ministry of Culture",
                    "City of Shusha",
                    "National Commission",
                )
            ],
            by=officer,
        )
    _held(title, officer)
    return title


def tell_proceedings(world: World, symposium: Symposium) -> Proceedings | None:
    """The proceedings of a symposium that has accepted papers, and what it recommends.

    None where no paper is accepted. Cost: about 0.3 s a paper, eight at most.
    """
    officer = world.people["officer"]
    activity = symposium.activity
    ended = activity.ends_on or date(2022, 3, 1)
    accepted = symposium.papers.filter(state__in=["talk", "poster"]).order_by("number")
    papers = list(accepted.prefetch_related("authors")[:MOST_PAPERS])
    with at(ended):
        written = [
            proceedings_recommendations.write_recommendation(symposium, texts=words, by=officer)
            for words in ADVICE
        ]
        proceedings_recommendations.adopt_recommendations(symposium, adopted_on=ended, by=officer)
        proceedings_recommendations.follow_up(
            written[0],
            owner=world.parties["organisation"],
            due_on=date(ended.year + 2, 12, 31),
            address=f"/editions/{activity.edition.slug}/symposia/{activity.code}/recommendations/",
            by=officer,
        )
        proceedings_recommendations.set_aside(
            written[-1], reason="Left to the cities themselves.", by=officer
        )
    if not papers:
        return None
    with at(date(ended.year + 1, 1, 20)):
        for paper in papers:
            proceedings_papers.take_full_text(paper, upload=_full_text(paper), by=officer)
        proceedings_papers.lay_out_pages(symposium, order=[one.pk for one in papers], by=officer)
        proceedings_papers.describe_proceedings(
            symposium,
            publisher="Organisation for Education, Science and Culture",
            doi_prefix="10.5555/agadir",  # the prefix that the registries keep for trials
            licence="CC-BY-4.0",
            by=officer,
        )
        return proceedings_releasing.release_proceedings(symposium, by=officer)


def _nominated(world: World, cycle: TitleCycle, delegate: Person) -> TitleNomination:
    officer = world.people["officer"]
    with at(2023, 2, 14):
        nomination = titles_nominations.begin_nomination(
            TitleCycle.objects.get(pk=cycle.pk),
            party=world.parties["culture-az"],
            city_names=SHUSHA,
            country=Country.objects.get(pk="AZ"),
            region="Asian",
            texts=FILE,
            budget=Decimal("12000000"),
            currency="AZN",
            by=delegate,
        )
        titles_nominations.submit_nomination(nomination, by=delegate)
    with at(2023, 4, 4):
        titles_cycles.begin_evaluation(cycle, by=officer)
        conditions = cycle.series.admissibility
        titles_judging.check_admissibility(
            nomination,
            checks={one["code"]: {"met": True, "note": ""} for one in conditions},
            by=officer,
        )
        experts = [world.person(country) for country in ("MA", "SN", "UZ")]
        for expert in experts:
            titles_cycles.name_expert(cycle, expert=expert, by=officer)
    for expert, marks in zip(experts, ((9, 8, 9, 7), (8, 8, 7, 8), (10, 7, 9, 8)), strict=True):
        codes = [one["code"] for one in cycle.series.rubric["criteria"]]
        with at(2023, 5, 15):
            titles_judging.mark_nomination(
                nomination,
                expert=expert,
                marks=dict(zip(codes, marks, strict=True)),
                comment="The programme is carried by the city's own people.",
                done=True,
                by=expert,
            )
    return nomination


def _held(title: Title, officer: Person) -> None:
    series = title.series
    with at(2024, 4, 2):
        for starts_on, ends_on, names, source in EVENTS:
            if not title.events.filter(starts_on=starts_on).exists():
                titles_held.add_event(
                    title,
                    names=names,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    place="Shusha",
                    source=source,
                    by=officer,
                )
    with at(2025, 5, 27):
        following = Title.objects.get(series=series, city_names__en="Samarkand")
        titles_held.hand_over(title, to=following, on=date(2025, 5, 27), by=officer)


def conference() -> AgendaItem:
    """The ministers' conference with one item, where no chapter before told of it."""
    organ, _new = Organ.objects.get_or_create(
        code="ministers-of-culture",
        defaults={
            "names": texts("Conference of Ministers of Culture", "Conférence des ministres de la culture", "مؤتمر وزراء الثقافة", "Mədəniyyət nazirlərinin konfransı"),
            "abbreviation": "CMC",
            "symbol_pattern": "{organ} {session}/{year}/{item}",
            "number_pattern": "{organ} {session}/{kind}.{number}",
            "scope": "organs/ministers-of-culture",
        },
    )  # fmt: skip
    session, _new = StatutorySession.objects.get_or_create(
        organ=organ,
        slug="ministers-of-culture-2023",
        defaults={
            "ordinal": 12,
            "titles": texts("Conference of Ministers of Culture, Doha 2023", "Conférence des ministres de la culture, Doha 2023", "مؤتمر وزراء الثقافة، الدوحة 2023", "Mədəniyyət nazirlərinin konfransı, Doha 2023"),
            "starts_on": date(2023, 9, 1),
            "ends_on": date(2023, 9, 30),
            "place": "Doha",
            "scope": "organs/ministers-of-culture/2023",
            "source": SOURCE,
        },
    )  # fmt: skip
    item, _new = AgendaItem.objects.get_or_create(
        session=session,
        number="4",
        defaults={
            "position": 4,
            "titles": texts("Capitals of culture", "Capitales de la culture", "عواصم الثقافة", "Mədəniyyət paytaxtları"),
            "state": "included",
        },
    )  # fmt: skip
    return item


def _full_text(paper: Paper) -> ContentFile[bytes]:
    """A short paper as its authors would send it."""
    language = paper.language if paper.language in ("en", "fr", "ar", "az") else "en"
    names = ", ".join(one.name for one in paper.authors.all())
    body = Paragraph(paper.abstract)
    sheet = Sheet(
        title=str(paper),
        language=language,
        blocks=(body, Heading("1"), body, Heading("2"), body),
        made_at=clock.now(),
        under=names,
    )
    return ContentFile(render_sheet(sheet), name=f"paper-{paper.number}.pdf")
