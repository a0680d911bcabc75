"""Read the request, ask for the report, pick a template."""

from .boards import board
from .departures import departures, departures_edition
from .figures import edition, keep, programme_indicators, rows
from .kept import report, reports
from .ledgers import keep_agreement, keep_meeting, ledger, ledger_agreement, ledger_meeting

__all__ = [
    "board",
    "departures",
    "departures_edition",
    "edition",
    "keep",
    "keep_agreement",
    "keep_meeting",
    "ledger",
    "ledger_agreement",
    "ledger_meeting",
    "programme_indicators",
    "report",
    "reports",
    "rows",
]
