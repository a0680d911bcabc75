"""One computation for each source an indicator may name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from . import dossiers, heritage
from .applications import eligible_applications, parity_index
from .counting import Counted, Span
from .learning import completed, paired_gain, trainers_certified
from .promises import commitments_on_time
from .ventures import active_after, milestones_verified, paid_jobs

Source = Callable[[Span], tuple[Counted, ...]]

COMPUTATIONS: Mapping[str, Source] = {
    "calls.eligible_applications": eligible_applications,
    "selection.parity_index": parity_index,
    "credentials.completed": completed,
    "delivery.paired_gain": paired_gain,
    "delivery.trainers_certified": trainers_certified,
    "ventures.milestones_verified": milestones_verified,
    "ventures.active_after": active_after,
    "ventures.paid_jobs": paid_jobs,
    "agreements.commitments_on_time": commitments_on_time,
    "dossiers.released": dossiers.released,
    "dossiers.rebuilds": dossiers.rebuilds,
    "dossiers.local_value": dossiers.local_value,
    "heritage.specialists_trained": heritage.specialists_trained,
    "heritage.condition_improved": heritage.condition_improved,
}

__all__ = ["COMPUTATIONS", "Counted", "Span"]
