"""What the parts of a blueprint are called in words a reader knows."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.texts import in_language

from .languages import is_words
from .paths import identity_of, positioned, split, value_at

Label = str | Promise

FORMATS: dict[str, Label] = {
    "workshop": gettext_lazy("Workshop"),
    "boot_camp": gettext_lazy("Boot camp"),
    "course": gettext_lazy("Course"),
    "symposium": gettext_lazy("Symposium"),
    "statutory_session": gettext_lazy("Statutory session"),
    "title_cycle": gettext_lazy("Title cycle"),
    "restoration": gettext_lazy("Restoration"),
}

# One item of a list, as it is named before its code.
ITEMS: dict[str, Label] = {
    "activities": gettext_lazy("activity"),
    "prerequisites": gettext_lazy("prerequisite"),
    "trainer_roles": gettext_lazy("trainer role"),
    "team_roles": gettext_lazy("team role"),
    "rooms": gettext_lazy("room"),
    "needs": gettext_lazy("need"),
    "equipment": gettext_lazy("equipment"),
    "outcomes": gettext_lazy("outcome"),
    "plan": gettext_lazy("part of the plan"),
    "sessions": gettext_lazy("session"),
    "rubric": gettext_lazy("criterion"),
    "criteria": gettext_lazy("criterion"),
    "rubrics": gettext_lazy("rubric"),
    "anchors": gettext_lazy("anchor"),
    "quotas": gettext_lazy("quota"),
    "sections": gettext_lazy("section"),
    "questions": gettext_lazy("question"),
    "choices": gettext_lazy("choice"),
    "assessment": gettext_lazy("assessment"),
    "milestones": gettext_lazy("milestone"),
    "evidence": gettext_lazy("evidence"),
    "indicators": gettext_lazy("indicator"),
    "budget_lines": gettext_lazy("budget line"),
    "locks": gettext_lazy("lock"),
}

# Fields; "parent.key" goes before "key". A field not listed is shown by its key.
FIELDS: dict[str, Label] = {
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "languages": gettext_lazy("languages"),
    "activities": gettext_lazy("activities"),
    "format": gettext_lazy("format"),
    "admits_from": gettext_lazy("admits from"),
    "duration": gettext_lazy("duration"),
    "duration.days": gettext_lazy("days"),
    "duration.weeks": gettext_lazy("weeks"),
    "contact_minutes": gettext_lazy("contact minutes"),
    "team_work_hours_per_week": gettext_lazy("hours of team work a week"),
    "cohort": gettext_lazy("cohort"),
    "cohort.min": gettext_lazy("fewest participants"),
    "cohort.max": gettext_lazy("most participants"),
    "team_size": gettext_lazy("team size"),
    "team_size.min": gettext_lazy("smallest team"),
    "team_size.max": gettext_lazy("largest team"),
    "min_teams": gettext_lazy("fewest teams"),
    "max_teams": gettext_lazy("most teams"),
    "mentor_ratio_teams": gettext_lazy("teams for each mentor"),
    "trainer_ratio": gettext_lazy("participants for each trainer"),
    "prerequisites": gettext_lazy("prerequisites"),
    "trainer_roles": gettext_lazy("trainer roles"),
    "team_roles": gettext_lazy("team roles"),
    "per_cohort": gettext_lazy("for the cohort"),
    "per_teams": gettext_lazy("one for this many teams"),
    "can_stop": gettext_lazy("may stop the work"),
    "sessions_only": gettext_lazy("only in sessions"),
    "rooms": gettext_lazy("rooms"),
    "seats": gettext_lazy("seats"),
    "count": gettext_lazy("number of rooms"),
    "needs": gettext_lazy("needs"),
    "equipment": gettext_lazy("equipment"),
    "item": gettext_lazy("item"),
    "qty": gettext_lazy("quantity"),
    "outcomes": gettext_lazy("outcomes"),
    "plan": gettext_lazy("plan"),
    "theme": gettext_lazy("theme"),
    "sessions": gettext_lazy("sessions"),
    "day": gettext_lazy("day"),
    "week": gettext_lazy("week"),
    "slot": gettext_lazy("slot"),
    "kind": gettext_lazy("kind"),
    "minutes": gettext_lazy("minutes"),
    "room": gettext_lazy("room"),
    "roles": gettext_lazy("roles"),
    "output": gettext_lazy("output"),
    "gate": gettext_lazy("gate"),
    "slots": gettext_lazy("parallel slots"),
    "origin": gettext_lazy("origin"),
    "dossier": gettext_lazy("dossier parts"),
    "per_team": gettext_lazy("time for each team"),
    "present_minutes": gettext_lazy("minutes to present"),
    "questions_minutes": gettext_lazy("minutes of questions"),
    "weekly_report": gettext_lazy("weekly report"),
    "weekday": gettext_lazy("weekday"),
    "demo_day": gettext_lazy("demo day"),
    "jury_min": gettext_lazy("fewest jurors"),
    "to_final": gettext_lazy("teams to the final"),
    "selection": gettext_lazy("selection"),
    "decided_by": gettext_lazy("decided by"),
    "reads": gettext_lazy("reads of each application"),
    "third_read_over_points": gettext_lazy("points of difference that call a third read"),
    "blind": gettext_lazy("blind"),
    "rubric": gettext_lazy("rubric"),
    "weight": gettext_lazy("weight"),
    "anchors": gettext_lazy("anchors"),
    "quotas": gettext_lazy("quotas"),
    "floor_percent": gettext_lazy("floor, %%"),
    "cap_percent": gettext_lazy("cap, %%"),
    "appeal_days": gettext_lazy("working days to appeal"),
    "form": gettext_lazy("form"),
    "sections": gettext_lazy("sections"),
    "questions": gettext_lazy("questions"),
    "label": gettext_lazy("wording"),
    "help": gettext_lazy("help"),
    "required": gettext_lazy("required"),
    "show_if": gettext_lazy("condition"),
    "limits": gettext_lazy("limits"),
    "choices": gettext_lazy("choices"),
    "purpose": gettext_lazy("purpose"),
    "retention_months": gettext_lazy("months kept"),
    "eligibility": gettext_lazy("eligibility"),
    "min_age": gettext_lazy("least age"),
    "max_age": gettext_lazy("greatest age"),
    "rubrics": gettext_lazy("assessment rubrics"),
    "assessment": gettext_lazy("assessment"),
    "award": gettext_lazy("award"),
    "certificate": gettext_lazy("certificate"),
    "distinction": gettext_lazy("distinction"),
    "attendance": gettext_lazy("certificate of attendance"),
    "venture_record": gettext_lazy("venture record"),
    "min_attendance_percent": gettext_lazy("least attendance, %%"),
    "min_total": gettext_lazy("least total"),
    "milestones": gettext_lazy("milestones"),
    "rule": gettext_lazy("rule"),
    "evidence": gettext_lazy("evidence"),
    "verifier": gettext_lazy("verifier"),
    "indicators": gettext_lazy("indicators"),
    "definition": gettext_lazy("definition"),
    "unit": gettext_lazy("unit"),
    "numerator": gettext_lazy("numerator"),
    "denominator": gettext_lazy("denominator"),
    "disaggregation": gettext_lazy("disaggregation"),
    "baseline": gettext_lazy("baseline"),
    "target": gettext_lazy("target"),
    "budget_lines": gettext_lazy("budget lines"),
    "basis": gettext_lazy("basis"),
    "share_kinds": gettext_lazy("who may bear it"),
    "locks": gettext_lazy("locks"),
    "default_lock": gettext_lazy("lock where none is said"),
}

# Parts whose name says nothing that the field under them does not say better.
_SILENT = frozenset({"duration", "cohort", "form", "limits", "selection", "eligibility"})


# Lists whose items readers know by their titles; sessions and rooms they know by their codes.
_KNOWN_BY_TITLE = frozenset({"quotas", "sections", "questions", "choices", "criteria", "rubric"})


def field_label(key: str, parent: str = "") -> str:
    """The name of a field in the reader's language; an unlisted key with its dashes made spaces."""
    label = FIELDS.get(f"{parent}.{key}") or FIELDS.get(key)
    return str(label).replace("%%", "%") if label is not None else key.replace("_", " ")


def item_label(collection: str, name: str) -> str:
    """A list item as readers call it: "session D1S2"; a star stands for every one."""
    if collection not in ITEMS:
        return _("every one") if name == "*" else name
    if name == "*":
        return _("every %(noun)s") % {"noun": ITEMS[collection]}
    return _("%(noun)s %(code)s") % {"noun": ITEMS[collection], "code": name}


def activity_label(data: Any, code: str) -> str:
    """The activity's format, with its code when another activity has the same format."""
    if code == "*":
        return item_label("activities", code)
    listed = data.get("activities")
    activities = [a for a in (listed if isinstance(listed, list) else ()) if isinstance(a, dict)]
    formats = {str(identity_of(a)): str(a.get("format", "")) for a in activities}
    mine = formats.get(code, "")
    if mine not in FORMATS:
        return code
    if list(formats.values()).count(mine) > 1:
        return f"{FORMATS[mine]} {code}"
    return str(FORMATS[mine])


def owner_and_field(data: Any, path: str) -> tuple[str, str]:
    """What a path belongs to and what it is: ("Boot camp, session D1S2", "minutes")."""
    owners: list[str] = []
    parent, held = "", data
    for part in split(positioned(data, path)):
        named_item = isinstance(held, list) or part == "*"
        if named_item and parent == "activities":
            owners.append(activity_label(data, part))
        elif named_item and parent == "locks":
            owners[-1:] = [_lock_label(data, _below(held, part)) or item_label(parent, part)]
        elif named_item:
            owners[-1:] = [item_label(parent, _own_title(parent, _below(held, part)) or part)]
        elif is_words(held):
            owners[-1:] = [f"{owners[-1]} ({part})" if owners else part]
        else:
            owners.append("" if part in _SILENT else field_label(part, parent))
            if part == "activities":
                owners.pop()
        held, parent = _below(held, part), part
    *above, last = owners or [""]
    if not last:
        last = field_label(parent)
    return ", ".join(word for word in above if word), last


def _lock_label(data: Any, lock: Any) -> str:
    """A lock by the part it holds, "" for one that holds nothing that can be read."""
    path = lock.get("path") if isinstance(lock, dict) else None
    if not isinstance(path, str) or not path or split(path)[0] == "locks":
        return ""
    return _("lock on “%(part)s”") % {"part": human_title(data, path)}


def _own_title(collection: str, item: Any) -> str:
    """The title or label of an item whose code readers never meet, "" for the others."""
    if collection not in _KNOWN_BY_TITLE or not isinstance(item, dict):
        return ""
    words = item.get("title") or item.get("label")
    return in_language(words) if isinstance(words, dict) else ""


def human_title(data: Any, path: str, language: str | None = None) -> str:
    """The title to show for a part: its own title where it has one, else what its path says."""
    try:
        held = value_at(data, path)
    except ValueError:
        held = None
    if isinstance(held, dict):
        for key in ("title", "label", "item", "text", "theme"):
            if isinstance(held.get(key), dict):
                return in_language(held[key], language)
    owner, field = owner_and_field(data, path)
    return f"{owner}: {field}" if owner else field


def _below(held: Any, part: str) -> Any:
    if part == "*":
        # What stands for every item is labelled by the first: they are of one kind.
        items = list(held.values()) if isinstance(held, dict) else held
        return items[0] if isinstance(items, list) and items else None
    try:
        return value_at(held, part)
    except ValueError:
        return None
