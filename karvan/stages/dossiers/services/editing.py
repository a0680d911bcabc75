"""What every act on a part of a dossier begins with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from karvan.stages.dossiers.errors import Stopped, WrongState
from karvan.stages.dossiers.models import Dossier

CLOSED = (Dossier.State.SUPERSEDED, Dossier.State.WITHDRAWN)


def locked_dossier(dossier: Dossier, *, opening: bool = False) -> Dossier:
    """The dossier's row, locked for this transaction, when it may be changed.

    ``opening``: the act belongs to the open device (teardown steps, photographs of the
    inside), which waits for the clearance. A release does not close a dossier: what is
    changed after it goes into the next version.

    Raises:
        Stopped: the safety officer has stopped the bench.
        WrongState: it is superseded or withdrawn, or not cleared for opening.
    """
    held = Dossier.objects.select_for_update().select_related("activity").get(pk=dossier.pk)
    if held.stopped_at is not None:
        raise Stopped(
            _("The safety officer has stopped this bench: %(reason)s")
            % {"reason": held.stop_reason}
        )
    if held.state in CLOSED:
        raise WrongState(_("This dossier is closed; its versions can be read and carried on."))
    if opening and held.state == Dossier.State.DRAFT:
        raise WrongState(
            _("The device is not cleared for opening. The safety officer clears it first.")
        )
    return held
