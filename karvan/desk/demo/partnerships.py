"""One side is official partner of the other's process and forum; others ask, and are answered.

That the organisation is official partner of a process and of a forum is the programme's own
account of the story; days and numbers of letters are not in the sources and are said to be so.
The requests and the patronage are invented.
"""

from __future__ import annotations

from datetime import date

from karvan.stages.agreements.models import Consultation
from karvan.stages.convening.models import Forum
from karvan.stages.convening.services.partnerships import (
    ask_partnership,
    grant_partnership,
    judge_criterion,
    name_forum,
    refuse_partnership,
    take_report,
)
from karvan.stages.convening.services.partnerships_events import put_event_under
from karvan.stages.editions.models import Edition

from .world import World, at, texts

SOURCE = "The programme's own account of the story"
UNDATED = "The day is not in the sources; dated by the meeting in which it was spoken of."


def tell_partnerships(world: World) -> None:
    """Two forums, who is what to them, and what stands under it."""
    process, forum = _forums(world)
    _official_partner(world, process, forum)
    _requests(world, process, forum)


def _forums(world: World) -> tuple[Forum, Forum]:
    officer, ministry = world.people["officer"], world.parties["culture-az"]
    with at(2021, 1, 20):
        process = name_forum(
            code="baku-process",
            names=texts("Baku Process", "Processus de Bakou", "مسار باكو", "Bakı Prosesi"),
            kind=Forum.Kind.PROCESS,
            led_by=ministry,
            source=SOURCE,
            by=officer,
        )
        forum = name_forum(
            code="intercultural-forum",
            names=texts("World Forum on Intercultural Dialogue", "Forum mondial sur le dialogue interculturel", "المنتدى العالمي للحوار بين الثقافات", "Ümumdünya Mədəniyyətlərarası Dialoq Forumu"),
            kind=Forum.Kind.FORUM,
            led_by=ministry,
            source=SOURCE,
            by=officer,
        )  # fmt: skip
    return process, forum


def _official_partner(world: World, process: Forum, forum: Forum) -> None:
    officer = world.people["officer"]
    organisation, ministry = world.parties["organisation"], world.parties["culture-az"]
    meeting = Consultation.objects.get(code="baku-2021")
    for one in (process, forum):
        with at(2021, 1, 20):
            asked = ask_partnership(
                party=organisation,
                partner=ministry,
                forum=one,
                kind="official_partner",
                note=UNDATED,
                source=SOURCE,
                by=officer,
            )
            grant_partnership(
                asked,
                starts_on=meeting.starts_on,
                instrument="Exchange of letters; its number is not in the sources",
                emblem_use="On papers and stages of the forum, beside the host's",
                report_due_on=world.day(20) if one == forum else None,
                by=officer,
            )
            put_event_under(asked, consultation=meeting, by=officer)
        final = Edition.objects.filter(country="AZ").order_by("slug").first()
        if one == forum and final is not None:
            with at(2021, 9, 20):
                put_event_under(asked, edition=final, starts_on=date(2021, 9, 12), by=officer)


def _requests(world: World, process: Forum, forum: Forum) -> None:
    """Invented: one granted with a report that came, one run out, one asked for, one refused."""
    officer, ministry = world.people["officer"], world.parties["culture-az"]
    criteria = (
        texts("Works in two countries of the programme", "Travaille dans deux pays du programme", "يعمل في بلدين من بلدان البرنامج", "Proqramın iki ölkəsində çalışır"),
        texts("Has reported in each of the last two years", "A rendu compte chacune des deux dernières années", "قدم تقريرا في كل من السنتين الأخيرتين", "Son iki ilin hər birində hesabat verib"),
    )  # fmt: skip
    stories = (("commission-kz", forum, True), ("commission-uz", process, True), ("commission-ng", process, False))  # fmt: skip
    for code, one, is_met in stories:
        with at(2022, 3, 1):
            asked = ask_partnership(
                party=world.parties[code],
                partner=ministry,
                forum=one,
                kind="partner",
                criteria=criteria,
                by=officer,
            )
            judge_criterion(asked, number=1, is_met=True, by=officer)
            note = "" if is_met else "No report for 2021"
            judge_criterion(asked, number=2, is_met=is_met, note=note, by=officer)
        with at(2022, 4, 1):
            if not is_met:
                reason = "May ask again once the report has come"
                refuse_partnership(asked, reason=reason, by=officer)
                continue
            grant_partnership(
                asked,
                starts_on=date(2022, 4, 1),
                ends_on=world.day(40) if one == forum else world.day(-40),
                instrument="Letter of the ministry of 1 April 2022",
                report_due_on=date(2023, 3, 31),
                by=officer,
            )
        with at(2023, 3, 20):
            take_report(asked, received_on=date(2023, 3, 20), by=officer)
    with at(world.day(-6)):
        ask_partnership(
            party=world.parties["commission-ma"],
            partner=ministry,
            forum=forum,
            kind="observer",
            criteria=criteria,
            by=officer,
        )
