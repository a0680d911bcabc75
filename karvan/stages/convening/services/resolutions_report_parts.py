"""What a final report says, gathered from the register, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from karvan.foundation.texts import in_language
from karvan.foundation.ui import formats

from ..hall_words import counts_words, option_word, reckoning_words
from ..models import AgendaItem, Delegation, Motion, Resolution, StatutorySession, VoteEvent
from ..queries.hall_entitled import in_alphabet, with_credentials
from ..queries.hall_presence import delegations_in, presence_of

TEXTS = (Motion.Kind.RESOLUTION, Motion.Kind.DECISION, Motion.Kind.RECOMMENDATION)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the report. ``key`` stays the same when it is assembled again.

    ``kind``: "heading", "subheading", "paragraph" (numbered through the report), "clause" (with
    a number of its own) or "line".
    """

    key: str
    kind: str
    text: str


def parts_of(session: StatutorySession, language: str) -> list[Part]:
    """The whole report in its order. Cost: some ten queries and two an item of the agenda."""
    return [
        *_place(session),
        *_participants(session, language),
        *_credentials(session, language),
        *_opening(session),
        *_items(session),
        *_closing(session),
        *_resolutions(session),
        *_members(session, language),
        *_documents(session),
    ]


def _place(session: StatutorySession) -> Iterator[Part]:
    yield Part("place", "heading", _("Place and date"))
    days = formats.days_in_words(session.starts_on, session.ends_on)
    if session.hijri_printed:
        days = f"{session.hijri_printed} / {days}"
    said = {
        "title": in_language(session.titles),
        "organ": in_language(session.organ.names),
        "days": days,
        "place": formats.in_a_row(
            one for one in (session.place, str(session.country or "")) if one
        ),
    }
    yield Part(
        "place-1",
        "paragraph",
        _("Held in %(place)s, %(days)s: %(title)s, %(organ)s.") % said
        if said["place"]
        else _("Held %(days)s: %(title)s, %(organ)s.") % said,
    )
    if session.patronage:
        yield Part(
            "place-2", "paragraph", _("It was held under the patronage of %(name)s.") % {"name": session.patronage}
        )  # fmt: skip
    if session.host:
        yield Part("place-3", "paragraph", _("Its host was %(name)s.") % {"name": session.host})
    if session.theme:
        yield Part(
            "place-4", "paragraph", _("Its theme was: %(theme)s.") % {"theme": session.theme}
        )


def _participants(session: StatutorySession, language: str) -> Iterator[Part]:
    yield Part("present", "heading", _("Participants"))
    found = presence_of(session, language)
    if not found.absent:
        text = _("All members were present.")
    elif len(found.absent) < len(found.came):
        text = _("All members were present except: %(names)s.") % {
            "names": formats.in_a_row(found.absent)
        }
    else:
        text = _("These members were present: %(names)s.") % {"names": formats.in_a_row(found.came)}
    if found.came or found.absent:
        yield Part("present-1", "paragraph", text)
    if found.suspended:
        yield Part(
            "present-2",
            "paragraph",
            _("Suspended, and so without a vote: %(names)s.")
            % {"names": formats.in_a_row(found.suspended)},
        )
    for capacity, words in (
        ("observer", _("Observers: %(names)s.")),
        ("guest", _("Guests: %(names)s.")),
    ):
        names = [name for _one, name in delegations_in(session, capacity, language)]
        if names:
            text = words % {"names": formats.in_a_row(names)}
            yield Part(f"present-{capacity}", "paragraph", text)


def _credentials(session: StatutorySession, language: str) -> Iterator[Part]:
    """How the credentials of members stood: those accepted counted, the others named."""
    by_state: dict[str, list[str]] = {}
    for one in in_alphabet(with_credentials(session).filter(capacity="member"), language):
        credential = getattr(one, "credential", None)
        state = credential.state if credential else "none"
        by_state.setdefault(state, []).append(in_language(one.names, language))
    words = {
        "provisional": _("Accepted provisionally: %(names)s."),
        "submitted": _("Not yet decided on: %(names)s."),
        "refused": _("Refused: %(names)s."),
        "none": _("Without credentials: %(names)s."),
    }
    text = _("Credentials accepted: %(count)s.") % {
        "count": formats.number(len(by_state.get("accepted", ())))
    }
    for state, said in words.items():
        if state in by_state:
            text += " " + said % {"names": formats.in_a_row(by_state[state])}
    if by_state:
        yield Part("present-credentials", "paragraph", text)


def _opening(session: StatutorySession) -> Iterator[Part]:
    rows = session.sittings.filter(opened_at__isnull=False).order_by("number")
    held = list(rows.select_related("chair__delegation", "rapporteur__delegation"))
    if not held:
        return
    yield Part("opening", "heading", _("Opening and conduct"))
    zone = ZoneInfo(session.time_zone)
    for sitting in held:
        assert sitting.opened_at is not None
        opened = formats.datetime_in_words(sitting.opened_at, zone=session.time_zone)
        text = _("Sitting %(number)s was opened: %(when)s.") % {
            "number": sitting.number,
            "when": opened,
        }
        if sitting.chair:
            text += " " + _("In the chair: %(name)s (%(delegation)s).") % {
                "name": sitting.chair.name,
                "delegation": sitting.chair.delegation,
            }
        if sitting.rapporteur:
            text += " " + _("Rapporteur: %(name)s (%(delegation)s).") % {
                "name": sitting.rapporteur.name,
                "delegation": sitting.rapporteur.delegation,
            }
        if sitting.closed_at:
            closed = formats.time_in_words(sitting.closed_at.astimezone(zone))
            text += " " + _("It was closed at %(time)s.") % {"time": closed}
        yield Part(f"sitting-{sitting.pk}", "paragraph", text)


def _items(session: StatutorySession) -> Iterator[Part]:
    for item in session.agenda_items.exclude(state="withdrawn"):
        yield Part(
            f"item-{item.pk}",
            "heading",
            _("Item %(number)s: %(title)s")
            % {"number": item.number, "title": in_language(item.titles)},
        )
        sittings = [str(one.number) for one in item.sittings.filter(opened_at__isnull=False)]
        if sittings:
            text = _("It was considered in sitting: %(numbers)s.")
            text %= {"numbers": formats.in_a_row(sittings)}
            yield Part(f"item-{item.pk}-in", "paragraph", text)
        said = [*_motions(item.motions.exclude(kind="amendment"))]
        yield from said or [_nothing(item)]
        yield from _entered(item.resolutions.filter(motion=None))
    loose = session.motions.filter(item=None).exclude(kind="amendment")
    votes = session.votes.filter(motion=None, sitting__isnull=False).exclude(result="open")
    if loose or votes:
        yield Part("other", "heading", _("Other questions"))
        yield from _motions(loose)
        for vote in votes:
            yield Part(f"vote-{vote.pk}", "paragraph", _vote(vote))


def _nothing(item: AgendaItem) -> Part:
    if item.state == AgendaItem.State.DEFERRED:
        text = _("The item was deferred.")
        if item.state_reason:
            text += f" {item.state_reason}"
    elif item.resolutions.exists():
        text = _("The item was considered.")
    else:
        text = _("The item was considered; nothing was put to the vote.")
    return Part(f"item-{item.pk}-1", "paragraph", text)


def _motions(motions: Iterable[Motion]) -> Iterator[Part]:
    for motion in motions:
        yield Part(f"motion-{motion.pk}", "paragraph", _motion(motion))
        for amendment in motion.amendments.order_by("voting_order", "pk"):
            yield Part(f"motion-{amendment.pk}", "paragraph", _motion(amendment))
            yield from _votes(amendment)
        yield from _votes(motion)
        for made in Resolution.objects.filter(motion=motion):
            text = _("It was adopted as %(number)s.") % {"number": made.number}
            yield Part(f"adopted-{made.pk}", "paragraph", text)


def _motion(motion: Motion) -> str:
    sponsors = [str(one) for one in motion.sponsors.all()]
    others = [str(one) for one in motion.co_sponsors.all()]
    said = {
        "kind": motion.get_kind_display(),
        "symbol": motion.symbol,
        "title": in_language(motion.titles),
        "state": motion.get_state_display(),
    }
    text = _("Before the hall: %(kind)s %(symbol)s, %(title)s.") % said
    if motion.amendment_act:
        text += " " + _amended(motion)
    if sponsors:
        text += " " + _("Sponsors: %(names)s.") % {"names": formats.in_a_row(sponsors)}
    if others:
        text += " " + _("Co-sponsors: %(names)s.") % {"names": formats.in_a_row(others)}
    if not motion.votes.exclude(result="open").exists():
        text += " " + _("State: %(state)s.") % said
    return text


def _amended(amendment: Motion) -> str:
    words = {
        "replace": _("It replaces paragraph %(number)s."),
        "add_after": _("It adds a paragraph after %(number)s."),
        "delete": _("It deletes paragraph %(number)s."),
    }
    return words[amendment.amendment_act] % {"number": amendment.amended_number}


def _votes(motion: Motion) -> Iterator[Part]:
    for vote in motion.votes.exclude(result="open"):
        yield Part(f"vote-{vote.pk}", "paragraph", _vote(vote))


def _vote(vote: VoteEvent) -> str:
    said = {
        "number": vote.identifier,
        "title": in_language(vote.titles),
        "method": vote.get_method_display(),
    }
    if vote.motion_id:
        text = _("Vote %(number)s (%(method)s).") % said
    else:
        text = _("Vote %(number)s, %(title)s (%(method)s).") % said
    if vote.method != VoteEvent.Method.CONSENSUS:
        text += f" {counts_words(vote)}." if vote.counts else ""
    text += f" {vote.get_result_display()}."
    text += f" {reckoning_words(vote)}"
    return text.strip() + _named(vote)


def _named(vote: VoteEvent) -> str:
    """Who voted what in a roll call."""
    by_option: dict[str, list[str]] = {}
    for one in vote.single_votes.select_related("membership"):
        by_option.setdefault(one.option, []).append(in_language(one.membership.names))
    lists = [
        f" {option_word(option, vote)}: {formats.in_a_row(sorted(by_option[option]))}."
        for option in vote.options
        if option in by_option
    ]
    return "".join(lists)


def _entered(rows: Iterable[Resolution]) -> Iterator[Part]:
    for made in rows:
        said = {"number": made.number, "title": in_language(made.titles)}
        yield Part(f"adopted-{made.pk}", "paragraph", _("Adopted: %(number)s, %(title)s.") % said)


def _closing(session: StatutorySession) -> Iterator[Part]:
    last = session.sittings.filter(closed_at__isnull=False).order_by("closed_at").last()
    if last is None or last.closed_at is None:
        return
    yield Part("closing", "heading", _("Closing"))
    when = formats.datetime_in_words(last.closed_at, zone=session.time_zone)
    yield Part(
        "closing-1", "paragraph", _("The last sitting was closed: %(when)s.") % {"when": when}
    )


def _resolutions(session: StatutorySession) -> Iterator[Part]:
    rows = list(session.resolutions.order_by("adopted_at", "pk").prefetch_related("paragraphs"))
    if rows:
        yield Part("annex-1", "heading", _("Annex: what was adopted"))
    for made in rows:
        title = f"{made.number} {in_language(made.titles)}"
        yield Part(f"resolution-{made.pk}", "subheading", title)
        for one in made.paragraphs.all():
            mark = f"{one.number}." if one.is_operative else f"{one.number})"
            text = f"{mark} {in_language(one.texts)}"
            yield Part(f"clause-{one.pk}", "clause", text)


def _members(session: StatutorySession, language: str) -> Iterator[Part]:
    annexes = (
        (Delegation.Capacity.MEMBER, _("Annex: list of members")),
        (Delegation.Capacity.OBSERVER, _("Annex: list of observers and guests")),
        (Delegation.Capacity.GUEST, ""),
    )
    for capacity, heading in annexes:
        rows = delegations_in(session, capacity, language)
        if rows and heading:
            yield Part(f"annex-{capacity}", "heading", heading)
        for one, name in rows:
            people = [
                formats.in_a_row(word for word in (who.name, who.title) if word)
                for who in one.delegates.all()
            ]
            text = f"{name}: {formats.in_a_row(people, ';')}" if people else name
            yield Part(f"delegation-{one.pk}", "line", text)


def _documents(session: StatutorySession) -> Iterator[Part]:
    rows = list(session.documents.order_by("symbol"))
    if rows:
        yield Part("annex-documents", "heading", _("Annex: list of documents"))
    for one in rows:
        yield Part(f"document-{one.pk}", "line", f"{one.symbol}: {in_language(one.titles)}")
