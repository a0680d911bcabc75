"""What keeps a dossier from being released, all of it at once."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from .errors import BadLicence
from .licences import allowed_under, laxer_than_source, parse_licence
from .models import Dossier
from .snapshots import Snapshot, texts_in

_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_TELEPHONE = re.compile(r"(?<![\w.,/-])\+\d[\d\s().-]{8,16}\d(?![\w-])")
_VERSION = re.compile(r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?$")
# Where an address of a shop or of a maker is no person's.
_OF_THINGS = ("parts.offers.", "parts.design_files.", "standards.", "parts.parts.")


def version_problems(number: str, before: list[str]) -> list[str]:
    """What is wrong with a version number beside those already given; [] when nothing is."""
    wanted = _order(number)
    if wanted is None:
        return [
            _("“%(number)s” is no version. Write three numbers, such as 1.0.0.")
            % {"number": number}
        ]
    last = max((one for one in map(_order, before) if one), default=None)
    if last is not None and wanted <= last:
        newest = max(before, key=lambda one: _order(one) or ((0, 0, 0), False, ""))
        return [
            _("Version %(number)s must come after %(newest)s, which is out already.")
            % {"number": number, "newest": newest}
        ]
    return []


def licence_problems(
    dossier: Dossier, *, hardware: str, documentation: str, software: str
) -> list[str]:
    """Licences that are none, or laxer than a share-alike source allows."""
    problems = []
    typed = {
        _("Hardware"): (hardware, "licence_hardware", True),
        _("Documentation"): (documentation, "licence_documentation", True),
        _("Software"): (software, "licence_software", bool(software)),
    }
    for kind, (text, source_field, wanted) in typed.items():
        if not wanted:
            continue
        try:
            licence = parse_licence(text)
        except BadLicence as bad:
            problems.append(f"{kind}: {bad}")
            continue
        source = getattr(dossier.origin, source_field, "") if dossier.origin else ""
        if source and laxer_than_source(licence, source):
            problems.append(
                _(
                    "%(kind)s: this carries on a work under %(source)s, which asks for one of "
                    "%(allowed)s; %(licence)s is laxer."
                )
                % {
                    "kind": kind,
                    "source": source,
                    "allowed": ", ".join(allowed_under(source)),
                    "licence": licence,
                }
            )
    problems += _files_problems(dossier, hardware, software)
    return problems


def private_problems(snapshot: Snapshot) -> list[str]:
    """Texts that hold a mail address or a telephone number, with where they stand."""
    found = []
    for path, text in texts_in(snapshot):
        if path.startswith(_OF_THINGS):
            continue
        hit = _MAIL.search(text) or _TELEPHONE.search(text)
        if hit:
            found.append(
                _("%(where)s holds “%(what)s”. Take out what is private before it goes out.")
                % {"where": path, "what": hit.group(0)}
            )
    return found


def _files_problems(dossier: Dossier, hardware: str, software: str) -> list[str]:
    problems = []
    software_roles = ("software", "firmware_source", "firmware_binary")
    for one in dossier.design_files.filter(third_party=True).exclude(licence=""):
        given = software if one.role in software_roles else hardware
        if given and laxer_than_source(given, one.licence):
            problems.append(
                _("%(path)s is under %(source)s, which does not allow %(licence)s.")
                % {"path": one.path, "source": one.licence, "licence": given}
            )
    for one in dossier.design_files.filter(source_form=False, source=None, no_source_reason=""):
        if one.role in ("cad_export", "gerber", "firmware_binary"):
            problems.append(
                _("%(path)s has neither its source form nor a reason why there is none.")
                % {"path": one.path}
            )
    return problems


def _order(number: str) -> tuple[tuple[int, int, int], bool, str] | None:
    """What versions are ordered by; a pre-release comes before its release."""
    match = _VERSION.match(number.strip())
    if match is None:
        return None
    major, minor, patch, before = match.groups()
    return (int(major), int(minor), int(patch)), before is None, before or ""
