"""What a call asks: the activity's own form, and before it how to reach the person."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from karvan.foundation.forms.definition import parse_form
from karvan.foundation.forms.questions import FormDefinition
from karvan.foundation.texts import fold

from .models import Call
from .wording import takes_abstracts

_WHY_APPLICATION = {
    "en": "To write to you about your application.",
    "fr": "Pour vous écrire au sujet de votre candidature.",
    "ar": "لنراسلك بشأن طلبك.",
    "az": "Müraciətiniz barədə sizə yazmaq üçün.",
}
_WHY_ABSTRACT = {
    "en": "To write to you about your abstract.",
    "fr": "Pour vous écrire au sujet de votre résumé.",
    "ar": "لنراسلك بشأن ملخصك.",
    "az": "Tezisiniz barədə sizə yazmaq üçün.",
}
CONTACT: tuple[dict[str, Any], ...] = (
    {
        "key": "full_name",
        "type": "text",
        "required": True,
        "blind": True,
        "label": {"en": "Full name", "fr": "Nom complet", "ar": "الاسم الكامل", "az": "Tam ad"},
        "help": {
            "en": "As in your passport, in any script.",
            "fr": "Comme dans votre passeport, dans toute écriture.",
            "ar": "كما في جواز سفرك، بأي كتابة.",
            "az": "Pasportunuzdakı kimi, istənilən əlifba ilə.",
        },
        "limits": {"max_length": 150},
        "retention_months": 24,
    },
    {
        "key": "email",
        "type": "text",
        "required": True,
        "blind": True,
        "label": {
            "en": "E-mail", "fr": "Adresse électronique", "ar": "البريد الإلكتروني", "az": "E-poçt",
        },
        "help": {
            "en": "The receipt and the answer go there.",
            "fr": "Le reçu et la réponse y seront envoyés.",
            "ar": "يُرسل إليه الإيصال والرد.",
            "az": "Qəbz və cavab bura göndəriləcək.",
        },
        "limits": {"max_length": 254},
        "retention_months": 24,
    },
    {
        "key": "phone",
        "type": "text",
        "blind": True,
        "label": {"en": "Telephone", "fr": "Téléphone", "ar": "الهاتف", "az": "Telefon"},
        "limits": {"max_length": 30},
        "retention_months": 24,
    },
)  # fmt: skip
SECTION = {
    "key": "reach",
    "title": {
        "en": "How to reach you", "fr": "Comment vous joindre", "ar": "كيف نتواصل معك",
        "az": "Sizinlə necə əlaqə saxlayaq",
    },
}  # fmt: skip
PHONE_DIGITS = 9  # the last ones: with and without the country's code they are the same


def with_contact(form: Mapping[str, Any], *, of_abstract: bool = False) -> dict[str, Any]:
    """The form with the questions on how to reach the person before it, those it lacks only.

    They say what the person is written to about: the application, or the abstract.
    """
    sections = list(form.get("sections", ()))
    asked = {q.get("key") for section in sections for q in section.get("questions", ())}
    why = _WHY_ABSTRACT if of_abstract else _WHY_APPLICATION
    missing = [{**one, "purpose": why} for one in CONTACT if one["key"] not in asked]
    if missing:
        sections.insert(0, {**SECTION, "questions": missing})
    return {**form, "sections": sections}


def form_of(call: Call) -> FormDefinition:
    """The questions of a call as applicants see them.

    Cost: about 2 ms for a form of 25 questions.
    """
    return parse_form(with_contact(call.form, of_abstract=takes_abstracts(call.activity)))


def form_hash(form: Mapping[str, Any]) -> str:
    """The SHA-256 of a form, whatever the order of its keys."""
    text = json.dumps(form, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def first_day_of(call: Call) -> date | None:
    """The day on which ages count."""
    day = call.activity.starts_on
    return day if isinstance(day, date) else None


def keys_of(definition: FormDefinition, answers: Mapping[str, Any]) -> dict[str, str]:
    """What an application is found by: name, address, team, and the keys of duplicates."""
    name = _text(answers, "full_name")[:150]
    team = _text(answers, "team_name")[:120]
    birth = next((q.key for q in definition if q.attribute == "birth_date"), "birth_date")
    day = _text(answers, birth)
    digits = re.sub(r"\D", "", "".join(map(_digit, _text(answers, "phone"))))
    return {
        "full_name": name,
        "email": _text(answers, "email").lower()[:254],
        "team_name": team,
        "search_key": fold(f"{name} {team}")[:400],
        "identity_key": f"{fold(name)} {day}"[:200] if name and day else "",
        "phone_key": digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else "",
    }


def _text(answers: Mapping[str, Any], key: str) -> str:
    value = answers.get(key)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _digit(sign: str) -> str:
    """Any script's digit as 0 to 9; other signs as they are."""
    return str(int(sign)) if sign.isdecimal() else sign
