"""Who may open the screens of resolutions, of what follows from them, and of the final report."""

from __future__ import annotations

from karvan.stages.convening.services.resolutions_report import assemble_report
from tests import make

from .convening_hall import READERS, RUNNERS, session
from .route import only


def organ(world):
    return {"organ": session(world)["organ"]}


def resolution(world):
    return {**session(world), "pk": make.resolution(world.sitting_session).pk}


def paragraph(world):
    made = make.resolution(world.sitting_session)
    return {**session(world), "pk": made.pk, "paragraph": made.paragraphs.get().pk}


def report(world):
    where = session(world)
    assemble_report(world.sitting_session, language="en", by=None)
    return {**where, "language": "en"}


def part(world):
    return {**report(world), "key": "place-1"}


def pdf(world):
    return {**report(world), "kind": "docx"}


ROUTES = {
    "convening:organ_resolutions": only(READERS, arguments=organ),
    "convening:resolutions": only(READERS, arguments=session),
    "convening:enter_resolution": only(RUNNERS, arguments=session),
    "convening:resolution": only(READERS, arguments=resolution),
    "convening:resolution_print": only(READERS, arguments=resolution),
    "convening:follow_paragraph": only(RUNNERS, arguments=paragraph),
    "convening:leave_paragraph": only(RUNNERS, method="post", arguments=paragraph),
    "convening:not_followed_up": only(READERS, arguments=session),
    "convening:final_report": only(READERS, arguments=session),
    "convening:report_in": only(READERS, arguments=report),
    "convening:assemble_report": only(RUNNERS, method="post", arguments=report),
    "convening:adopt_report": only(RUNNERS, method="post", arguments=report),
    "convening:report_file": only(READERS, arguments=pdf),
    "convening:edit_report": only(RUNNERS, arguments=part),
    "convening:add_to_report": only(RUNNERS, arguments=part),
    "convening:leave_out_of_report": only(RUNNERS, method="post", arguments=part),
}
