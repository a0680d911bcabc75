"""Indicators: each names a computation of the register, and parts of the design that exist."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..nodes import Findings, Node
from ..patterns import matches
from ..problems import did_you_mean

#: The computations that reports offer; an indicator's `source` is one of them.
SOURCES = frozenset(
    {
        "agreements.commitments_on_time",
        "calls.eligible_applications",
        "selection.parity_index",
        "credentials.completed",
        "delivery.paired_gain",
        "delivery.trainers_certified",
        "dossiers.released",
        "dossiers.rebuilds",
        "dossiers.local_value",
        "ventures.milestones_verified",
        "ventures.active_after",
        "ventures.paid_jobs",
        "heritage.specialists_trained",
        "heritage.condition_improved",
    }
)


def indicators_are_computable(root: Node) -> Findings:
    """A source is a known computation, a share has both halves, what it rests on is there."""
    for indicator in root.entries("indicators"):
        source = indicator.text("source")
        if source and source not in SOURCES:
            message = _("No computation is called “%(source)s”.") % {"source": source}
            yield (*indicator.raw, "source"), message + did_you_mean(source, SOURCES)
        if indicator.text("unit") in ("percent", "ratio"):
            for half in ("numerator", "denominator"):
                if half not in indicator:
                    message = _("A share needs its “%(half)s”.")
                    yield indicator.raw, message % {"half": half}
        for pattern in indicator.texts("rests_on"):
            if next(matches(root.value, pattern.value), None) is None:
                message = _("No part of the blueprint is at “%(pattern)s”.")
                yield pattern.raw, message % {"pattern": pattern.value}
