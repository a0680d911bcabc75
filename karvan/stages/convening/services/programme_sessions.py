"""Sessions of the programme: made of accepted papers, added, changed, and papers moved among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from karvan.foundation.people.models import Person
from karvan.foundation.people.services import create_person
from karvan.foundation.records.services import record
from karvan.foundation.texts import languages

from ..errors import NotGiven, NotOfThisSession, NumberTaken, WrongState
from ..models import Paper, ProgrammeSession, Symposium, Track

Kind = ProgrammeSession.Kind
PREFIX = {Kind.OPENING: "opening", Kind.CLOSING: "closing", Kind.POSTERS: "posters"}
FITS = {Kind.PAPERS: Paper.State.TALK, Kind.POSTERS: Paper.State.POSTER}


@transaction.atomic
def make_sessions(symposium: Symposium, *, by: Person | None) -> int:
    """Put every accepted paper that has no session into one; returns how many papers were put.

    The talks of a track fill the room that its sessions have left, then as few new sessions as
    hold them, all about as long; posters go to one session. An opening and a closing are added
    where there is none. Safe to run again.
    """
    symposium = _locked(symposium)
    put = sum(_put_talks(symposium, track) for track in [*symposium.tracks.all(), None])
    posters = list(_waiting(symposium, Paper.State.POSTER))
    if posters:
        session = symposium.sessions.filter(kind=Kind.POSTERS).first()
        put += _append(
            session or _new(symposium, Kind.POSTERS, _words(Kind.POSTERS.label)), posters
        )
    for kind in (Kind.OPENING, Kind.CLOSING):
        if put and not symposium.sessions.filter(kind=kind).exists():
            _new(symposium, kind, _words(kind.label))
    if put:
        sessions = symposium.sessions.count()
        record("made sessions", symposium, by=by, after={"papers": put, "sessions": sessions})
    return put


@transaction.atomic
def add_session(
    symposium: Symposium,
    *,
    titles: Mapping[str, str],
    kind: str,
    speaker_name: str = "",
    by: Person | None,
    **details: Any,
) -> ProgrammeSession:
    """Add a keynote, a panel or another session and return it.

    ``speaker_name`` is that of a speaker whom nobody knows yet: the person is registered.

    ``details`` are those of ``change_session``.

    Raises:
        NotGiven, NotOfThisSession: as for ``change_session``.
    """
    symposium = _locked(symposium)
    _check(symposium, titles, details)
    _register_speaker(details, speaker_name, by)
    session = _new(symposium, Kind(kind), titles, **details)
    record("added session", session, by=by, after={"code": session.code, "kind": kind})
    return session


@transaction.atomic
def change_session(
    session: ProgrammeSession,
    *,
    titles: Mapping[str, str],
    speaker_name: str = "",
    by: Person | None,
    **details: Any,
) -> ProgrammeSession:
    """Change a session's title, track, who presides or speaks, its minutes, day or kind of room.

    Raises:
        NotGiven: no title, or fewer minutes than its talks take.
        NotOfThisSession: the track is of another symposium.
    """
    session = ProgrammeSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    _check(session.symposium, titles, details)
    _register_speaker(details, speaker_name, by)
    before = {"chair": session.chair_said, "day": session.day, "minutes": session.minutes}
    session.titles = dict(titles)
    for field, value in details.items():
        setattr(session, field, value)
    _check_room(session, session.papers.count())
    session.save()
    after = {"chair": session.chair_said, "day": session.day, "minutes": session.minutes}
    record("changed session", session, by=by, before=before, after=after)
    return session


@transaction.atomic
def drop_session(session: ProgrammeSession, *, by: Person | None) -> None:
    """Take a session out of the programme; its papers wait for another one.

    Raises:
        WrongState: it stands in the published timetable; there it is cancelled first.
    """
    session = ProgrammeSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    timed = session.timetabled
    if timed and timed.placements.exclude(timetable__state="draft").exists():
        if not timed.is_cancelled:
            raise WrongState(
                _("“%(session)s” stands in a published timetable. Cancel it there first.")
                % {"session": session}
            )
    elif timed:
        timed.placements.all().delete()
    record("dropped session", session, by=by, before={"code": session.code})
    session.papers.update(session=None, position=0)
    session.delete()
    if timed and not timed.is_cancelled:
        timed.delete()


@transaction.atomic
def place_paper(paper: Paper, *, session: ProgrammeSession | None, by: Person | None) -> Paper:
    """Move a paper to the end of a session, or out of the programme with None.

    A paper stands in one session: it leaves the one it was in.

    Raises:
        WrongState: it is not accepted for a session of this kind, or the session is full.
        NotOfThisSession: the session is of another symposium.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if session is not None and paper.session_id == session.pk:
        return paper
    before = paper.session.code if paper.session else ""
    if session is not None:
        _fits(paper, session)
        _check_room(session, session.papers.count() + 1)
    left = paper.session
    paper.session, paper.position = session, session.papers.count() + 1 if session else 0
    paper.save(update_fields=["session", "position"])
    if left is not None:
        _number(list(left.papers.order_by("position", "number")))
    after = {"session": session.code if session else ""}
    record("placed paper", paper, by=by, before={"session": before}, after=after)
    return paper


@transaction.atomic
def shift_paper(paper: Paper, *, step: int, by: Person | None) -> Paper:
    """Let a paper be given one place earlier (-1) or later (1) in its session.

    At either end nothing changes.

    Raises:
        WrongState: it stands in no session.
    """
    if paper.session is None:
        raise WrongState(_("Put the paper into a session first."))
    ProgrammeSession.objects.select_for_update(of=("self",)).get(pk=paper.session.pk)
    papers = list(paper.session.papers.order_by("position", "number"))
    at = next(n for n, one in enumerate(papers) if one.pk == paper.pk)
    to = at + (1 if step > 0 else -1)
    if 0 <= to < len(papers):
        papers[at], papers[to] = papers[to], papers[at]
        _number(papers)
        record(
            "shifted paper", paper, by=by, before={"position": at + 1}, after={"position": to + 1}
        )
    return next(one for one in papers if one.pk == paper.pk)


@transaction.atomic
def say_presented(paper: Paper, *, presented: bool, by: Person | None) -> Paper:
    """Say whether a paper was given, as whoever presided saw it.

    Raises:
        WrongState: it stands in no session, or was withdrawn.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.session_id is None or not paper.is_accepted:
        raise WrongState(_("Only an accepted paper in a session can be said to be given."))
    before = paper.presented
    paper.presented = presented
    paper.save(update_fields=["presented"])
    if presented != before:
        after = {"presented": presented}
        record("said presented", paper, by=by, before={"presented": before}, after=after)
    return paper


def _register_speaker(details: dict[str, Any], name: str, by: Person | None) -> None:
    """Put a speaker who is in no list among the persons."""
    if name.strip():
        details["speaker"] = create_person(full_name=name.strip(), by=by)


def _locked(symposium: Symposium) -> Symposium:
    rows = Symposium.objects.select_for_update(of=("self",))
    return rows.select_related("activity__edition").get(pk=symposium.pk)


def _waiting(symposium: Symposium, state: str) -> Iterator[Paper]:
    yield from symposium.papers.filter(state=state, session=None).order_by("number")


def _put_talks(symposium: Symposium, track: Track | None) -> int:
    """Place the talks of one track; returns how many there were."""
    talks = [one for one in _waiting(symposium, Paper.State.TALK) if one.track_id == _pk(track)]
    if not talks:
        return 0
    put = len(talks)
    for session in symposium.sessions.filter(kind=Kind.PAPERS, track=track):
        room = _holds(session) - session.papers.count()
        if room > 0:
            _append(session, talks[:room])
            talks = talks[room:]
    most = max(symposium.session_minutes // symposium.talk_minutes, 1)
    parts = -(-len(talks) // most)
    numbered = symposium.sessions.filter(kind=Kind.PAPERS, track=track).count()
    for part in range(parts):
        share = talks[part * len(talks) // parts : (part + 1) * len(talks) // parts]
        number = numbered + part + 1
        names = track.names if track else _words(Kind.PAPERS.label)
        titles = {code: f"{text} {number}" for code, text in names.items()}
        _append(_new(symposium, Kind.PAPERS, titles, track=track), share)
    return put


def _new(
    symposium: Symposium, kind: Kind, titles: Mapping[str, str], **details: Any
) -> ProgrammeSession:
    track = details.get("track")
    stem = (track.code[:10] if track else "") or PREFIX.get(kind, str(kind))
    taken = set(symposium.sessions.values_list("code", flat=True))
    number = 1
    while f"{stem}-{number}" in taken:
        number += 1
    return ProgrammeSession.objects.create(
        symposium=symposium, code=f"{stem}-{number}", titles=dict(titles), kind=kind, **details
    )


def _append(session: ProgrammeSession, papers: Sequence[Paper]) -> int:
    held = session.papers.count()
    for number, paper in enumerate(papers, start=held + 1):
        paper.session, paper.position = session, number
    Paper.objects.bulk_update(papers, ["session", "position"], batch_size=200)
    return len(papers)


def _number(papers: Sequence[Paper]) -> None:
    for position, paper in enumerate(papers, start=1):
        paper.position = position
    Paper.objects.bulk_update(papers, ["position"], batch_size=200)


def _words(label: Any) -> dict[str, str]:
    """A name of the house in its languages."""
    found = {}
    for code in languages():
        with override(code):
            found[code] = str(label)
    return found


def _holds(session: ProgrammeSession) -> int:
    """How many talks a session of papers has time for."""
    return session.length // session.symposium.talk_minutes


def _check(symposium: Symposium, titles: Mapping[str, str], details: Mapping[str, Any]) -> None:
    if not titles:
        raise NotGiven(_("Give the session a title in at least one language."))
    track = details.get("track")
    if track is not None and track.symposium_id != symposium.pk:
        raise NotOfThisSession(_("This track belongs to another symposium."))
    if details.get("code") in set(symposium.sessions.values_list("code", flat=True)):
        raise NumberTaken(_("There is a session with this code already."))


def _check_room(session: ProgrammeSession, papers: int) -> None:
    if session.kind == Kind.PAPERS and papers > _holds(session):
        raise WrongState(
            _(
                "“%(session)s” has %(minutes)s minutes, time for %(most)s talks of %(each)s. "
                "Make it longer or choose another."
            )
            % {
                "session": session,
                "minutes": session.length,
                "most": _holds(session),
                "each": session.symposium.talk_minutes,
            }
        )


def _fits(paper: Paper, session: ProgrammeSession) -> None:
    if session.symposium_id != paper.symposium_id:
        raise NotOfThisSession(_("This session belongs to another symposium."))
    if FITS.get(Kind(session.kind)) != paper.state:
        raise WrongState(
            _("Paper %(number)s is “%(state)s”, and “%(session)s” is of another kind.")
            % {
                "number": paper.number,
                "state": paper.get_state_display(),
                "session": session,
            }
        )


def _pk(track: Track | None) -> int | None:
    return track.pk if track else None
