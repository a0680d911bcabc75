"""Sentences that English says alike of both, and other languages do not.

They name what was sent, or inflect by it: an application is "soumise", an abstract "soumis".
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

ALIKE: dict[str, str | Promise] = {
    _("Begun"): pgettext_lazy("abstract", "Begun"),
    _("Sent"): pgettext_lazy("abstract", "Sent"),
    _("Draft"): pgettext_lazy("abstract", "Draft"),
    _("Submitted"): pgettext_lazy("abstract", "Submitted"),
    _("Not eligible"): pgettext_lazy("abstract", "Not eligible"),
    _("Withdrawn"): pgettext_lazy("abstract", "Withdrawn"),
    _("Look for duplicates"): pgettext_lazy("abstract", "Look for duplicates"),
    _(
        "Nobody is left out by the machine: compare, then ask the person which one counts."
    ): pgettext_lazy(
        "abstract",
        "Nobody is left out by the machine: compare, then ask the person which one counts.",
    ),
    _(
        "The deadline passed while the page was open, so this was not sent. What you typed is kept here."
    ): pgettext_lazy(
        "abstract",
        "The deadline passed while the page was open, so this was not sent. What you typed is kept here.",
    ),
    _("Where it stands, and how to withdraw it:"): pgettext_lazy(
        "abstract", "Where it stands, and how to withdraw it:"
    ),
    _("Reads each"): pgettext_lazy("abstract", "Reads each"),
    _("Nothing to read for"): pgettext_lazy("abstract", "Nothing to read for"),
    _("I must not read this one"): pgettext_lazy("abstract", "I must not read this one"),
    _("%(came)s have come; planned with %(all)s"): pgettext_lazy(
        "abstract", "%(came)s have come; planned with %(all)s"
    ),
    _("Leave it empty to plan with those that have come."): pgettext_lazy(
        "abstract", "Leave it empty to plan with those that have come."
    ),
    _("%(count)s have come already. Expect at least as many, or leave it empty."): pgettext_lazy(
        "abstract", "%(count)s have come already. Expect at least as many, or leave it empty."
    ),
}
