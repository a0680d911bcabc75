"""What a reviewer may see of an application: its answers, and never whose they are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.questions import FormDefinition, Question
from karvan.foundation.texts import in_language
from karvan.stages.calls.models import Application, ApplicationFile

# Hidden whatever the form says: a form that forgot to mark them must not open the blind.
HIDDEN_ATTRIBUTES = frozenset({"sex", "birth_date", "institution", "disability", "region"})
HIDDEN_KEYS = frozenset({"name", "full_name", "email", "phone", "address", "team_name"})
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as a reviewer sees it; ``file`` is the id of an attached file."""

    label: str
    text: str = ""
    file: int | None = None
    section: str = ""


def reading_code(application: Application) -> str:
    """The name under which reviewers know an application: "R-7F3K2M".

    It is made of the application's secret, so nobody can go from it to a receipt's
    number, and it stays the same in every export.
    """
    digest = hashlib.sha256(f"reading:{application.token}".encode()).digest()
    number = int.from_bytes(digest[:8], "big")
    letters = []
    for _position in range(6):
        number, at = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[at])
    return f"R-{''.join(letters)}"


def answers_shown(application: Application) -> list[Shown]:
    """The answers a reviewer may read, in the order of the form, in the reader's words.

    Whatever names the applicant, a member of the team or their institution is replaced
    where it stands in a text. Cost: the application's files and members, two queries.
    """
    form = parse_form(application.call.form)
    files = {one.question: one for one in application.files.all()}
    hide = _hider(application, form)
    return list(_shown(application, form, files, hide))


def without_names(text: str, application: Application) -> str:
    """A text with whatever names the applicant, a member of the team or their institution replaced.

    Cost: the application's members, one query.
    """
    return str(_hider(application, parse_form(application.call.form))(text))


def file_name(attached: ApplicationFile, application: Application) -> str:
    """The name under which a reviewer downloads a file: never the one its owner gave it."""
    ending = attached.file.name.rpartition(".")[2].lower()
    ending = ending if re.fullmatch(r"[a-z0-9]{1,5}", ending) else attached.file.kind
    return f"{reading_code(application)}-{attached.question}.{ending}"


def is_hidden(question: Question) -> bool:
    """True if a reviewer never sees the answer."""
    return (
        question.blind
        or question.attribute in HIDDEN_ATTRIBUTES
        or question.key in HIDDEN_KEYS
        or question.type == "consent"
    )


def _shown(
    application: Application, form: FormDefinition, files: dict[str, ApplicationFile], hide: Any
) -> Iterator[Shown]:
    for section in form.sections:
        for question in section.questions:
            if is_hidden(question):
                continue
            label, title = in_language(question.label), in_language(section.title)
            if question.type == "file":
                attached = files.get(question.key)
                if attached:
                    yield Shown(label, file=attached.pk, section=title)
            elif question.is_repeated:
                rows = application.answers.get(question.key) or []
                for number, row in enumerate(rows, start=1):
                    yield Shown(f"{label} {number}", hide(_row(question, row)), section=title)
            else:
                value = application.answers.get(question.key)
                if value not in (None, "", []):
                    yield Shown(label, hide(_said(question, value)), section=title)


def _row(question: Question, row: Any) -> str:
    said = [
        f"{in_language(one.label)}: {_said(one, row[one.key])}"
        for one in question.questions
        if not is_hidden(one) and row.get(one.key) not in (None, "", [])
    ]
    return "\n".join(said)


def _said(question: Question, value: Any) -> str:
    words = {choice.value: in_language(choice.label) for choice in question.choices}
    listed = value if isinstance(value, list) else [value]
    return ", ".join(words.get(str(one), str(one)) for one in listed)


def _hider(application: Application, form: FormDefinition) -> Any:
    """A function that takes the applicant's names, addresses and institution out of a text."""
    secret = {application.email, str(application.attributes.get("institution") or "")}
    names = {application.full_name, application.team_name}
    for member in application.members.all():
        secret |= {member.email, str(member.attributes.get("institution") or "")}
        names.add(member.name)
    for question in form:
        value = application.answers.get(question.key)
        if isinstance(value, str) and (question.attribute == "institution" or _names(question)):
            (names if _names(question) else secret).add(value)
        if question.is_repeated and is_hidden(question):
            for row in value or ():
                names |= {str(row.get(key) or "") for key in HIDDEN_KEYS - {"email"}}
                secret |= {str(row.get(key) or "") for key in ("email", "institution")}
    words = {*secret, *names, *(part for name in names for part in _parts(name))}
    found = sorted((re.escape(word) for word in words if word.strip()), key=len, reverse=True)
    if not found:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(_("[hidden]"), text)


def _names(question: Question) -> bool:
    return question.key in HIDDEN_KEYS and question.key != "email"


def _parts(name: str) -> Iterable[str]:
    """The parts of a name that are long enough not to be a common word."""
    return (part for part in re.split(r"[\s,]+", name) if len(part) >= 3)
