"""What a certificate says: the achievement in the signed text, and the words on paper by language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from babel import dates
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _

from karvan.foundation.people.models import Party, Person
from karvan.foundation.texts import in_language, languages
from karvan.foundation.ui.formats import date_in_words, locale_of, number
from karvan.stages.blueprints.queries import activity_part
from karvan.stages.editions.models import Activity, Edition
from karvan.stages.editions.queries import document_of

from . import issuer, signing
from .models import Credential
from .paper import CertificateText, Signatory
from .rules import pass_marks, rule_in_words
from .supervised import asked_in_words

Kind = Credential.Kind
RULES = {
    Kind.COMPLETION: "certificate",
    Kind.DISTINCTION: "distinction",
    Kind.ATTENDANCE: "attendance",
}
VOCABULARY = {
    Kind.COMPLETION: "CertificateOfCompletion",
    Kind.DISTINCTION: "CertificateOfCompletion",
    Kind.ATTENDANCE: "Certificate",
}
SCRIPTS = {"LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "GEORGIAN": "Geor"}
MOST_ISSUERS = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What all certificates of one activity share, read once."""

    activity: Activity
    design: Mapping[str, Any]
    parties: Sequence[Party]  # who awards, the programme's owner first
    city: str
    signed_by: Person | None
    office: str  # the signer's role: administrator, officer, coordinator or ""

    @property
    def edition(self) -> Edition:
        return self.activity.edition


def achievement_of(
    design: Mapping[str, Any], *, programme: str, activity: str, number: int, kind: str
) -> signing.Achievement:
    """What anyone who earned this has done, in English where the design has it."""
    part = activity_part(design, activity)
    language = "en" if "en" in part["title"] else next(iter(part["title"]))
    award = award_rule(part, kind)
    passes = pass_marks(part.get("assessment"))
    with override(language):
        title = in_language(part["title"], language)
        heading = heading_of(part, kind, language)
        return signing.Achievement(
            id=issuer.address(f"/achievements/{programme}/{activity}/{number}-{kind}.json"),
            name=f"{title}: {heading}",
            description=in_language(design.get("summary") or design.get("title"), language)
            or title,
            criteria=rule_in_words(award, passes=passes).capitalize(),
            language=language,
            kind=VOCABULARY[Kind(kind)],
        )


def award_rule(part: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
    """The rule behind a kind of certificate; distinction also asks for what completion does."""
    rules = part.get("award") or {}
    own = rules.get(RULES[Kind(kind)]) or {}
    return {**(rules.get("certificate") or {}), **own} if kind == Kind.DISTINCTION else own


def heading_of(part: Mapping[str, Any], kind: str, language: str) -> str:
    """The certificate's title as the design words it, or a plain one."""
    own = ((part.get("award") or {}).get(RULES[Kind(kind)]) or {}).get("title")
    if own:
        return in_language(own, language)
    return {
        Kind.COMPLETION: _("Certificate of completion"),
        Kind.DISTINCTION: _("Certificate of completion with distinction"),
        Kind.ATTENDANCE: _("Certificate of attendance"),
    }[Kind(kind)]


def script_of(name: str) -> str:
    """The script a name is written in, by its first letter: "Latn", "Arab", "Cyrl" …"""
    for letter in name:
        if letter.isalpha():
            return SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "Zyyy")
    return "Zyyy"


def names_by_script(person: Person, name: str) -> dict[str, str]:
    """The name as confirmed, and the person's own spellings in other scripts."""
    others = {script: text for script, text in (person.names or {}).items() if text}
    return {**others, script_of(name): name}


def name_in(names: Mapping[str, str], name: str, language: str) -> str:
    """The spelling for a text in this language; never transliterated."""
    return names.get("Arab" if language == "ar" else "Latn") or name


def paper_languages(edition: Edition) -> list[str]:
    """One or two: the country's own, where the edition uses it, and English."""
    used = [one for one in edition.languages if one in languages()]
    official = [one for one in edition.country.official_languages if one in used]
    own = [*official, *(one for one in used if one != "en"), "en"][0]
    return [own] if own == "en" else [own, "en"]


def paper_text(
    setting: Setting, *, kind: str, names: Mapping[str, str], name: str, at: datetime, language: str
) -> dict[str, Any]:
    """All words of the certificate in one language, as plain values to keep."""
    part = activity_part(setting.design, setting.activity.code)
    with override(language):
        text = CertificateText(
            heading=heading_of(part, kind, language),
            issuers=tuple(in_language(one.names, language) for one in setting.parties),
            statement=_("This is to certify that"),
            name=name_in(names, name, language),
            body=_body(kind),
            achievement=in_language(setting.activity.titles, language),
            detail=_detail(setting, part, language),
            issued=_("Issued on %(date)s") % {"date": date_in_words(at.date(), language)},
            number_label=pgettext("certificate", "Number"),
            verify_label=_("Verify this certificate at"),
            signatories=(_signatory(setting, language),),
        )
    return asdict(text)


def text_from(values: Mapping[str, Any]) -> CertificateText:
    """The words as they were kept."""
    signatories = tuple(Signatory(**one) for one in values["signatories"])
    return CertificateText(
        **{**values, "issuers": tuple(values["issuers"]), "signatories": signatories}
    )


def heading_kept(credential: Credential) -> str:
    """The certificate's title in the reader's language, else in the nearest it was printed in."""
    texts = credential.paper.get("texts") or {}
    said = {language: text["heading"] for language, text in texts.items()}
    return in_language(said) or str(credential.get_kind_display())


def heading_here(credential: Credential) -> str:
    """The certificate's title in the reader's language, from the edition's design. One query."""
    edition = credential.activity.edition
    part = activity_part(document_of(edition), credential.activity.code)
    return heading_of(part, credential.kind, get_language() or "en")


def basis_in_words(basis: Mapping[str, Any]) -> list[str]:
    """The grounds of a certificate, a line each."""
    lines = []
    if (percent := basis.get("attendance_percent")) is not None:
        lines.append(_("attended %(percent)s%% of the sessions") % {"percent": percent})
    for code, many in (basis.get("outputs") or {}).items():
        handed_in = _("handed in %(many)s: %(code)s") % {"many": many, "code": code}
        lines.append(asked_in_words(code, int(many)) or handed_in)
    if milestones := basis.get("milestones"):
        lines.append(_("milestones verified: %(listed)s") % {"listed": ", ".join(milestones)})
    for code, percent in (basis.get("assessments") or {}).items():
        lines.append(_("%(code)s: %(percent)s%%") % {"code": code, "percent": percent})
    if (total := basis.get("total_percent")) is not None:
        lines.append(_("total %(percent)s%%") % {"percent": total})
    return lines


def _body(kind: str) -> str:
    return {
        Kind.COMPLETION: _("has completed"),
        Kind.DISTINCTION: _("has completed with distinction"),
        Kind.ATTENDANCE: _("has taken part in"),
    }[Kind(kind)]


def _detail(setting: Setting, part: Mapping[str, Any], language: str) -> str:
    """The edition, the place, the days and the hours, as far as they are known."""
    activity = setting.activity
    first = activity.actual_starts_on or activity.planned_starts_on
    last = activity.actual_ends_on or activity.planned_ends_on
    minutes = (part.get("duration") or {}).get("contact_minutes")
    parts = [setting.city or in_language(setting.edition.country.names, language)]
    if first and last:
        parts.append(_days(first, last, language))
    if minutes:
        hours = number(round(minutes / 60), language)
        parts.append(_("%(hours)s hours") % {"hours": hours})
    return pgettext("list", ", ").join(parts)


def _days(first: date, last: date, language: str) -> str:
    """One day, or from one to another without saying month and year twice.

    In all four languages a date in full begins with its day.
    """
    begun, ended = (
        str(dates.format_date(day, "long", locale=locale_of(language))) for day in (first, last)
    )
    if first == last:
        return ended
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{ended}"
    return f"{begun} – {ended}"


def _signatory(setting: Setting, language: str) -> Signatory:
    """Who issued it by name and office; the programme's owner where the platform did."""
    if setting.signed_by is None:
        return Signatory(in_language(setting.parties[0].names, language), "")
    signer = setting.signed_by
    spelled = name_in(names_by_script(signer, signer.paper_name), signer.paper_name, language)
    office = {
        "coordinator": _("National coordinator"),
        "officer": _("Secretariat officer"),
        "administrator": _("Secretariat"),
    }.get(setting.office, "")
    return Signatory(spelled, office)
