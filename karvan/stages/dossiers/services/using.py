"""What the device is for, and how it worked before anybody opened it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from karvan.foundation import clock
from karvan.foundation.people.models import Person
from karvan.foundation.records.services import record

from ..errors import NotGiven, WrongState
from ..models import Dossier
from .editing import locked_dossier

USES = ("clinical_need", "users", "setting", "energy", "maintenance", "consumables")
OPENED = (
    Dossier.State.TEARDOWN, Dossier.State.DOCUMENTED, Dossier.State.REDESIGN,
    Dossier.State.VERIFIED, Dossier.State.RELEASED,
)  # fmt: skip


@transaction.atomic
def describe_use(dossier: Dossier, *, said: Mapping[str, str], by: Person) -> Dossier:
    """Write down need, users, setting, energy, maintenance and consumables.

    Raises:
        Stopped, WrongState: the dossier cannot be changed.
        ValueError: a key that this section has not.
    """
    if set(said) - set(USES):
        raise ValueError(f"intended use has no {sorted(set(said) - set(USES))}")
    held = locked_dossier(dossier)
    texts = {key: said.get(key, "").strip() for key in USES}
    before = {key: held.intended_use.get(key, "") for key in USES}
    changed = [key for key in USES if before[key] != texts[key]]
    if changed:
        held.intended_use = texts
        held.save(update_fields=["intended_use", "changed_at"])
        record("described use", held, by=by, after={"changed": len(changed), "codes": changed})
    return held


@transaction.atomic
def record_function_test(
    dossier: Dossier, *, works: str, readings: str = "", faults: str = "", by: Person
) -> Dossier:
    """Write down how the device worked before it was opened; when and by whom is kept.

    Once the teardown has begun it does not change: what is measured later is a measurement.

    Raises:
        NotGiven: it is not said what worked.
        WrongState: the device is open already.
        Stopped: the bench is stopped.
    """
    held = locked_dossier(dossier)
    if held.state in OPENED:
        raise WrongState(
            _("The device is open; the test before opening stays as it was written down.")
        )
    if not works.strip():
        raise NotGiven(_("Say what works, or that nothing does."))
    test = {"works": works.strip(), "readings": readings.strip(), "faults": faults.strip()}
    before = {key: held.function_test.get(key, "") for key in test}
    if before != test:
        held.function_test = {**test, "at": clock.now().isoformat(), "by": str(by)}
        held.save(update_fields=["function_test", "changed_at"])
        record("tested function", held, by=by, before=before, after=test)
    return held
