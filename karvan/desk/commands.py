"""What can be typed into the search to go somewhere or begin something."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.access import READERS, RUNNERS, STAFF, holds_anywhere, parties_of
from karvan.foundation.people.models import Person
from karvan.foundation.texts import fold

from .links import link


@dataclass(frozen=True, slots=True)
class Command:
    """A place or a beginning: found by any of its words in English or by its title."""

    title: str | Promise
    words: str
    name: str
    kinds: tuple[str, ...] = ()  # () for everybody
    partners: bool = False  # also for whoever speaks for a party
    menu: bool = False  # stands in the menu of every desk page


TAUGHT = ("participant",)
TEACHING = ("trainer", "mentor")

COMMANDS = (
    Command(_("Your desk"), "desk home", "desk:home"),
    Command(_("Your account"), "account language password names", "account"),
    Command(_("Adopt a programme"), "adopt edition new country", "editions:adopt", RUNNERS),
    Command(_("Editions"), "editions countries", "editions:editions", READERS, menu=True),
    Command(
        _("Programmes"),
        "programmes blueprints versions",
        "blueprints:programmes",
        READERS,
        menu=True,
    ),
    Command(
        _("Commitments"),
        "commitments promises late",
        "agreements:commitments",
        READERS,
        partners=True,
        menu=True,
    ),
    Command(_("Board of countries"), "board countries stages rollout", "reports:board", READERS),
    Command(_("Promise ledger"), "ledger promises kept report", "reports:ledger", READERS),
    Command(_("Agreements"), "agreements memoranda", "agreements:agreements", READERS, True),
    Command(
        _("Meetings"),
        "meetings consultations minutes",
        "agreements:consultations",
        READERS,
        menu=True,
    ),
    Command(_("Prepare a meeting"), "prepare meeting consultation", "agreements:prepare", STAFF),
    Command(
        _("Organs and their sessions"),
        "organs sessions councils conferences resolutions votes",
        "convening:organs",
        READERS,
        partners=True,
        menu=True,
    ),
    Command(
        _("Partnerships"),
        "partnerships partners patrons forums",
        "convening:partnerships",
        READERS,
        True,
    ),
    Command(
        _("Titles"),
        "titles capitals culture cycles nominations",
        "convening:titles",
        READERS,
        True,
    ),
    Command(
        _("Monuments"), "monuments heritage registers", "heritage:registers", READERS, menu=True
    ),
    Command(
        _("Restorations"),
        "restorations projects works heritage",
        "heritage:projects",
        (*READERS, *TEACHING, *TAUGHT),
    ),
    Command(_("Outbox"), "outbox letters mail messages", "letters:outbox", RUNNERS, menu=True),
    Command(_("People"), "people persons roles accounts", "people", STAFF, menu=True),
    Command(_("Parties"), "parties partners organisations", "parties", READERS, menu=True),
    Command(_("Kinds of device"), "kinds device emdn dossiers", "dossiers:kinds", STAFF),
    Command(_("Released device dossiers"), "devices released dossiers", "dossiers:released"),
    Command(_("Claims to look at"), "claims milestones verify", "ventures:claims", RUNNERS),
    Command(
        _("What changed lately"),
        "changes records history audit chain",
        "desk:changes",
        READERS,
        menu=True,
    ),
    Command(_("My reading"), "reading reviews queue", "reviews:queue", ("reviewer",), menu=True),
    Command(
        _("My sessions"), "sessions timetable", "timetables:mine", (*TEACHING, *TAUGHT), menu=True
    ),
    Command(
        _("My certificates"),
        "certificates credentials",
        "credentials:mine",
        (*TEACHING, *TAUGHT),
        menu=True,
    ),
    Command(_("Check a certificate"), "check verify certificate credential", "credentials:check"),
    Command(_("Open calls"), "calls open apply", "calls:open"),
)


def commands_for(person: Person, words: str) -> list[tuple[Command, str]]:
    """The commands this person may give that begin with the words, with their addresses."""
    wanted = fold(words)
    found = []
    for command in COMMANDS:
        if not wanted or not _may(person, command) or not _fits(command, wanted):
            continue
        found.append((command, link(command.name)))
    return found


def places_for(person: Person) -> list[tuple[Command, str]]:
    """What the menu lists: the person's roles decide. No query once the roles are read."""
    return [(one, link(one.name)) for one in COMMANDS if one.menu and _may(person, one)]


def _may(person: Person, command: Command) -> bool:
    if not command.kinds or holds_anywhere(person, command.kinds):
        return True
    return command.partners and bool(parties_of(person))


def _fits(command: Command, wanted: str) -> bool:
    title = fold(str(command.title))
    return title.startswith(wanted) or any(
        word.startswith(wanted) for word in (*command.words.split(), *title.split())
    )
