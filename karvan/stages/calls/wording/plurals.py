"""Sentences with a number: by the singular, as said of applications and of abstracts."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import ngettext_lazy, npgettext_lazy

PLURALS: dict[str, tuple[Promise, Promise]] = {
    "Take in %(shown)s application": (
        ngettext_lazy("Take in %(shown)s application", "Take in %(shown)s applications", "number"),
        ngettext_lazy("Take in %(shown)s abstract", "Take in %(shown)s abstracts", "number"),
    ),
    "%(n)s application for “%(activity)s” has been given to you to read.": (
        ngettext_lazy(
            "%(n)s application for “%(activity)s” has been given to you to read.",
            "%(n)s applications for “%(activity)s” have been given to you to read.",
            "number",
        ),
        ngettext_lazy(
            "%(n)s abstract for “%(activity)s” has been given to you to read.",
            "%(n)s abstracts for “%(activity)s” have been given to you to read.",
            "number",
        ),
    ),
    "%(n)s application for “%(activity)s” was taken back from you and goes to somebody else.": (
        ngettext_lazy(
            "%(n)s application for “%(activity)s” was taken back from you and goes to somebody else.",
            "%(n)s applications for “%(activity)s” were taken back from you and go to somebody else.",
            "number",
        ),
        ngettext_lazy(
            "%(n)s abstract for “%(activity)s” was taken back from you and goes to somebody else.",
            "%(n)s abstracts for “%(activity)s” were taken back from you and go to somebody else.",
            "number",
        ),
    ),
    "%(n)s application needs a third read: its readers differ by more than the limit.": (
        ngettext_lazy(
            "%(n)s application needs a third read: its readers differ by more than the limit.",
            "%(n)s applications need a third read: their readers differ by more than the limit.",
            "number",
        ),
        ngettext_lazy(
            "%(n)s abstract needs a third read: its readers differ by more than the limit.",
            "%(n)s abstracts need a third read: their readers differ by more than the limit.",
            "number",
        ),
    ),
    "%(n)s of %(all)s applications has a corrected mark: what an average reviewer would have "
    "given it. The mean as given stays beside it.": (
        ngettext_lazy(
            "%(n)s of %(all)s applications has a corrected mark: what an average reviewer would "
            "have given it. The mean as given stays beside it.",
            "%(n)s of %(all)s applications have a corrected mark: what an average reviewer would "
            "have given them. The mean as given stays beside it.",
            "number",
        ),
        ngettext_lazy(
            "%(n)s of %(all)s abstracts has a corrected mark: what an average reviewer would "
            "have given it. The mean as given stays beside it.",
            "%(n)s of %(all)s abstracts have a corrected mark: what an average reviewer would "
            "have given them. The mean as given stays beside it.",
            "number",
        ),
    ),
    "All reviewers can be compared.": (
        ngettext_lazy(
            "All reviewers can be compared.",
            "Reviewers fall into %(n)s groups that have read no application in common; between "
            "the groups marks are compared as they were given.",
            "number",
        ),
        ngettext_lazy(
            "All reviewers of the abstracts can be compared.",
            "Reviewers fall into %(n)s groups that have read no abstract in common; between "
            "the groups marks are compared as they were given.",
            "number",
        ),
    ),
    "reviewers share no application": (
        ngettext_lazy(
            "reviewers share no application",
            "%(n)s groups of reviewers share no application: their marks cannot be compared",
            "number",
        ),
        ngettext_lazy(
            "reviewers share no abstract",
            "%(n)s groups of reviewers share no abstract: their marks cannot be compared",
            "number",
        ),
    ),
    "Marks are not corrected: each application needs at least %(n)s finished read, and "
    "there must be enough of them to tell strictness from chance.": (
        ngettext_lazy(
            "Marks are not corrected: each application needs at least %(n)s finished read, and "
            "there must be enough of them to tell strictness from chance.",
            "Marks are not corrected: each application needs at least %(n)s finished reads, and "
            "there must be enough of them to tell strictness from chance.",
            "number",
        ),
        ngettext_lazy(
            "Marks are not corrected: each abstract needs at least %(n)s finished read, and "
            "there must be enough of them to tell strictness from chance.",
            "Marks are not corrected: each abstract needs at least %(n)s finished reads, and "
            "there must be enough of them to tell strictness from chance.",
            "number",
        ),
    ),
    "%(count)s application has come for %(activity)s, and the deadline is near.": (
        ngettext_lazy(
            "%(count)s application has come for %(activity)s, and the deadline is near.",
            "%(count)s applications have come for %(activity)s, and the deadline is near.",
            "number",
        ),
        ngettext_lazy(
            "%(count)s abstract has come for %(activity)s, and the deadline is near.",
            "%(count)s abstracts have come for %(activity)s, and the deadline is near.",
            "number",
        ),
    ),
    "%(count)s application waits for you to read it.": (
        ngettext_lazy(
            "%(count)s application waits for you to read it.",
            "%(count)s applications wait for you to read them.",
            "number",
        ),
        ngettext_lazy(
            "%(count)s abstract waits for you to read it.",
            "%(count)s abstracts wait for you to read them.",
            "number",
        ),
    ),
    "%(count)s person seems to have applied twice to %(edition)s.": (
        ngettext_lazy(
            "%(count)s person seems to have applied twice to %(edition)s.",
            "%(count)s people seem to have applied twice to %(edition)s.",
            "number",
        ),
        ngettext_lazy(
            "%(count)s person seems to have sent two abstracts to %(edition)s.",
            "%(count)s people seem to have sent two abstracts to %(edition)s.",
            "number",
        ),
    ),
    "Now %(n)s is left for you to read.": (
        ngettext_lazy(
            "Now %(n)s is left for you to read.",
            "Now %(n)s are left for you to read.",
            "number",
        ),
        npgettext_lazy(
            "abstract",
            "Now %(n)s is left for you to read.",
            "Now %(n)s are left for you to read.",
            "number",
        ),
    ),
}
