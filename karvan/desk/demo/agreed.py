"""Chapter one, January 2021: two parties meet and agree. Source: the programme's published history.

The day is not in the sources, so the meeting is dated by its month.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.stages.agreements.models import Commitment, Consultation, MinutesItem
from karvan.stages.agreements.services import (
    add_delegate,
    add_evidence,
    add_minutes_item,
    add_topic,
    confirm_minutes,
    hold_consultation,
    prepare_consultation,
    promise_from_item,
)

from .world import World, at, texts

MET_ON = date(2021, 1, 15)
SOURCE = "onenewspage.com, January 2021"

ITEMS = (
    ("information", "titles", texts("Baku was a capital of culture in 2009 and Nakhchivan in 2018.", "Bakou a été capitale de la culture en 2009 et Nakhitchevan en 2018.", "كانت باكو عاصمة للثقافة عام 2009 ونخجوان عام 2018.", "Bakı 2009-cu, Naxçıvan 2018-ci ildə mədəniyyət paytaxtı olub.")),
    ("agreement", "workshop", texts("A workshop in Baku on the reverse engineering of devices, small tools, medical and biological equipment and diagnostics: fundamentals and designs.", "Un atelier à Bakou sur la rétro-ingénierie d'appareils, de petits outils, d'équipements médicaux et biologiques et de diagnostics : fondements et conception.", "ورشة في باكو عن الهندسة العكسية للأجهزة والأدوات الصغيرة والمعدات الطبية والبيولوجية والتشخيص: الأسس والتصاميم.", "Bakıda cihazların, kiçik alətlərin, tibbi və bioloji avadanlığın və diaqnostikanın əks mühəndisliyi üzrə seminar: əsaslar və layihələr.")),
    ("agreement", "camp", texts("A boot camp of three days in Baku in July 2021, in which young people learn to set up a small technology business.", "Un camp de formation de trois jours à Bakou en juillet 2021, où des jeunes apprennent à créer une petite entreprise technologique.", "معسكر تدريبي من ثلاثة أيام في باكو في يوليو 2021 يتعلم فيه الشباب إنشاء مشروع تقني صغير.", "2021-ci ilin iyulunda Bakıda gənclərin kiçik texnoloji müəssisə qurmağı öyrəndiyi üç günlük təlim düşərgəsi.")),
    ("agreement", "course", texts("After it an accelerated course of six weeks in which they start their own projects.", "Puis un cours accéléré de six semaines où ils lancent leurs propres projets.", "تليه دورة معجلة من ستة أسابيع يبدؤون فيها مشاريعهم.", "Ardınca onların öz layihələrinə başladığı altı həftəlik sürətləndirilmiş kurs.")),
    ("agreement", "countries", texts("Both are later to be held in ten other countries.", "Les deux seront ensuite tenus dans dix autres pays.", "وينفذ الاثنان لاحقا في عشرة بلدان أخرى.", "Hər ikisi sonradan on başqa ölkədə keçiriləcək.")),
    ("agreement", "symposium", texts("A symposium on sustainable and smart cities in Agadir.", "Un symposium sur les villes durables et intelligentes à Agadir.", "ندوة عن المدن المستدامة والذكية في أكادير.", "Aqadirdə dayanıqlı və ağıllı şəhərlər üzrə simpozium.")),
    ("proposal", "shusha", texts("Shusha is to be proposed as a capital of culture.", "Choucha sera proposée comme capitale de la culture.", "تقترح شوشا عاصمة للثقافة.", "Şuşa mədəniyyət paytaxtı kimi təklif ediləcək.")),
    ("proposal", "monuments", texts("The restoration of monuments, with training for specialists.", "La restauration de monuments, avec une formation de spécialistes.", "ترميم المعالم مع تدريب المختصين.", "Abidələrin bərpası, mütəxəssislərin təlimi ilə.")),
)  # fmt: skip


def meeting(world: World) -> None:
    """The meeting, its minutes, and what was promised in it."""
    officer = world.people["officer"]
    organisation, commission = world.parties["organisation"], world.parties["commission-az"]
    with at(2021, 1, 10):
        held = prepare_consultation(
            code="baku-2021",
            titles=texts("Meeting of the Organisation and the National Commission of Azerbaijan", "Réunion de l'Organisation et de la Commission nationale d'Azerbaïdjan", "اجتماع المنظمة واللجنة الوطنية في أذربيجان", "Təşkilatın və Azərbaycan Milli Komissiyasının görüşü"),
            starts_on=MET_ON,
            ends_on=MET_ON,
            date_precision="month",
            parties=[organisation, commission],
            country=Country.objects.get(pk="AZ"),
            place="Baku",
            source=SOURCE,
            by=officer,
        )  # fmt: skip
        for party, country, capacity in (
            (organisation, "MA", "Director of programmes"),
            (commission, "AZ", "Secretary-General"),
        ):
            name = world.name(country).latin
            add_delegate(held, party=party, name=name, capacity=capacity, is_head=True, by=officer)
        for title in (
            texts("Technology and young people", "La technologie et les jeunes", "التقنية والشباب", "Texnologiya və gənclər"),
            texts("Culture and heritage", "Culture et patrimoine", "الثقافة والتراث", "Mədəniyyət və irs"),
        ):  # fmt: skip
            add_topic(held, titles=title, by=officer)
    with at(MET_ON, hour=15):
        hold_consultation(held, by=officer)
        items = {
            key: add_minutes_item(held, kind=kind, texts=words, by=officer)
            for kind, key, words in ITEMS
        }
        for party in (organisation, commission):
            confirm_minutes(held, party=party, by=officer)
        _promises(world, held, items)


def _promises(world: World, held: Consultation, items: dict[str, MinutesItem]) -> None:
    organisation, commission = world.parties["organisation"], world.parties["commission-az"]
    _promise(world, items["workshop"], "workshop-baku", organisation, titles=texts("Workshop in reverse engineering in Baku", "Atelier de rétro-ingénierie à Bakou", "ورشة الهندسة العكسية في باكو", "Bakıda əks mühəndislik seminarı"), terms={"programme": "REW", "format": "workshop", "country": "AZ"})  # fmt: skip
    _promise(world, items["camp"], "boot-camp-baku", commission, titles=texts("Boot camp of three days in Baku", "Camp de formation de trois jours à Bakou", "معسكر تدريبي من ثلاثة أيام في باكو", "Bakıda üç günlük təlim düşərgəsi"), due_on=date(2021, 7, 31), due_note="“in July 2021”", terms={"programme": "TVP", "format": "boot_camp", "country": "AZ", "days": 3})  # fmt: skip
    _promise(world, items["course"], "course-baku", commission, titles=texts("Accelerated course of six weeks in Baku", "Cours accéléré de six semaines à Bakou", "دورة معجلة من ستة أسابيع في باكو", "Bakıda altı həftəlik sürətləndirilmiş kurs"), due_on=date(2021, 9, 15), due_note="Six weeks from the end of July 2021", terms={"programme": "TVP", "format": "course", "country": "AZ", "weeks": 6})  # fmt: skip
    _promise(world, items["countries"], "ten-countries", organisation, titles=texts("The programme in ten other countries", "Le programme dans dix autres pays", "البرنامج في عشرة بلدان أخرى", "Proqram on başqa ölkədə"), due_on=date(2022, 12, 31), due_note="The minutes say “later”; the secretariat set two years", terms={"programme": "TVP", "countries": 10, "besides": ["AZ"]})  # fmt: skip
    _promise(world, items["symposium"], "symposium-agadir", organisation, titles=texts("Symposium on sustainable and smart cities in Agadir", "Symposium sur les villes durables et intelligentes à Agadir", "ندوة المدن المستدامة والذكية في أكادير", "Aqadirdə dayanıqlı və ağıllı şəhərlər simpoziumu"), terms={"programme": "SCS", "format": "symposium", "country": "MA"})  # fmt: skip
    _promise(world, items["shusha"], "shusha-capital", commission, titles=texts("Proposal of Shusha as a capital of culture", "Proposition de Choucha comme capitale de la culture", "اقتراح شوشا عاصمة للثقافة", "Şuşanın mədəniyyət paytaxtı kimi təklifi"), terms={"title": "culture", "city": "Shusha"})  # fmt: skip


def _promise(
    world: World, item: MinutesItem, code: str, owner: Party, **details: Any
) -> Commitment:
    titles = details.pop("titles")
    return promise_from_item(
        item,
        code=code,
        titles=titles,
        owner=owner,
        responsible=world.people["officer"],
        by=world.people["officer"],
        **details,
    )


def evidence(world: World) -> None:
    """What was found later of promises that are not editions. Sources as published."""
    officer = world.people["officer"]
    with at(2024, 6, 10):
        add_evidence(
            Commitment.objects.get(code="symposium-agadir"),
            texts=texts("The symposium met in Agadir.", "Le symposium s'est réuni à Agadir.", "انعقدت الندوة في أكادير.", "Simpozium Aqadirdə keçirildi."),
            date_note="The day is not in the sources",
            source="The programme's own account of the story",
            delivers=True,
            by=officer,
        )  # fmt: skip
        shusha = Commitment.objects.get(code="shusha-capital")
        add_evidence(
            shusha,
            texts=texts("Decided: Shusha is the capital of culture of 2024 for the Asian region.", "Décidé : Choucha est la capitale de la culture 2024 pour la région asiatique.", "تقرر: شوشا عاصمة الثقافة لعام 2024 عن المنطقة الآسيوية.", "Qərar: Şuşa 2024-cü ildə Asiya bölgəsi üzrə mədəniyyət paytaxtıdır."),
            happened_on=date(2023, 9, 30),
            date_note="September 2023; the day is not in the sources",
            source="Register of titles",
            delivers=True,
            by=officer,
        )  # fmt: skip
        add_evidence(
            shusha,
            texts=texts("The year was opened in Shusha.", "L'année a été ouverte à Choucha.", "افتُتحت السنة في شوشا.", "İl Şuşada açıldı."),
            happened_on=date(2024, 5, 11),
            source="Register of titles",
            by=officer,
        )  # fmt: skip
