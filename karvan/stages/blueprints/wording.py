"""Award rules and locks of a blueprint said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from karvan.foundation.texts import in_language

from .document import Level, Limits, Lock
from .document.labels import field_label


def lock_words(lock: Lock) -> str:
    """How far a part may be changed: "fixed", "2 to 4", "one of: monday, sunday", "free"."""
    limits = lock.limits
    if lock.level is Level.FIXED:
        return _("fixed")
    if lock.level is Level.FREE:
        return _("free")
    if lock.level is Level.TO_SUPPLY:
        return _("to be supplied")
    if limits.source:
        return _from_a_list(limits)
    if limits.options:
        return _("one of: %(options)s") % {"options": ", ".join(map(str, limits.options))}
    if limits.max is None:
        return _("%(min)s or more") % {"min": _plain(limits.min)}
    if limits.min is None:
        return _("at most %(max)s") % {"max": _plain(limits.max)}
    return _("%(min)s to %(max)s") % {"min": _plain(limits.min), "max": _plain(limits.max)}


def _from_a_list(limits: Limits) -> str:
    """ "one of: S1, S2 (activities.BC3.rooms, kind: seminar)"; for many parts the list alone."""
    asked = [f"{key}: {wanted}" for key, wanted in limits.where]
    source = ", ".join([limits.source, *asked])
    if not limits.options:
        return _("one of %(list)s") % {"list": source}
    detail = {"options": ", ".join(map(str, limits.options)), "list": source}
    return _("one of: %(options)s (%(list)s)") % detail


def award_rules(rule: Mapping[str, Any]) -> list[str]:
    """What somebody must have done to be given an award, one condition a line."""
    said = [_condition(key, value) for key, value in rule.items() if key not in ("type", "title")]
    return [one for one in said if one]


def award_title(kind: str, rule: Mapping[str, Any]) -> str:
    """The award's own title, else what its kind is called."""
    return in_language(rule.get("title")) or field_label(kind)


def _condition(key: str, value: Any) -> str:
    if key == "min_attendance_percent":
        return _("Present at %(percent)s%% of the time or more") % {"percent": _plain(value)}
    if key == "outputs":
        return _("Handed in: %(outputs)s") % {
            "outputs": ", ".join(_counted(name, count) for name, count in value.items())
        }
    if key == "milestones":
        return _("Milestones verified: %(codes)s") % {"codes": ", ".join(value)}
    if key == "assessments_passed":
        return _("Assessments passed: %(codes)s") % {"codes": ", ".join(value)}
    if key == "min_assessments":
        marks = ", ".join(f"{code} {_plain(least)}%" for code, least in value.items())
        return _("At least in assessments: %(marks)s") % {"marks": marks}
    if key == "min_total":
        return _("A total of %(points)s points or more") % {"points": _plain(value)}
    if key == "team_keeps_going":
        return _("The team keeps going") if value else ""
    if key == "follow_up_opt_in":
        return _("Agrees to the follow-up: %(codes)s") % {"codes": ", ".join(value)}
    return f"{field_label(key)}: {value}"


def _counted(name: str, count: int) -> str:
    return ngettext("%(count)s %(name)s", "%(count)s × %(name)s", count) % {
        "count": count,
        "name": name.replace("_", " "),
    }


def _plain(value: float | None) -> str:
    """A whole number without its decimals."""
    return str(int(value)) if value is not None and float(value).is_integer() else str(value)
