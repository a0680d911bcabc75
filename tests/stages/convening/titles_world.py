"""What the tests of titles share: a cycle that is open, a complete nomination, a decision."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from karvan.foundation import clock
from karvan.stages.convening.models import TitleCycle, TitleNomination
from karvan.stages.convening.services import (
    titles_cycles,
    titles_judging,
    titles_nominations,
)
from karvan.stages.convening.titles_data import packaged_series
from tests import make


def rules() -> dict[str, Any]:
    """The packaged rules, as fields of a series."""
    said = packaged_series()
    return {
        name: said[name] for name in ("names", "regions", "sections", "admissibility", "rubric")
    }


def series(code: str = "culture") -> Any:
    return make.title_series(code, **rules())


def open_cycle(year: int = 2024, of: Any = None) -> TitleCycle:
    cycle = titles_cycles.plan_cycle(of or series(), year=year, by=None)
    titles_cycles.call_states(cycle, closes_on=clock.today() + timedelta(days=60), by=None)
    return TitleCycle.objects.select_related("series").get(pk=cycle.pk)


def texts_of(cycle: TitleCycle) -> dict[str, dict[str, str]]:
    """Every section of the file with a word in it."""
    return {one["code"]: make.texts(f"About {one['code']}") for one in cycle.series.sections}


def draft(cycle: TitleCycle | None = None, **said: Any) -> TitleNomination:
    cycle = cycle or open_cycle()
    said.setdefault("city_names", {"en": "Shusha", "az": "Şuşa"})
    said.setdefault("country", make.country("AZ"))
    said.setdefault("region", "Asian")
    said.setdefault("party", None)
    said["party"] = said["party"] or make.party()
    said.setdefault("texts", texts_of(cycle))
    said.setdefault("budget", Decimal("1500000"))
    said.setdefault("currency", "AZN")
    return titles_nominations.begin_nomination(cycle, by=None, **said)


def admitted(cycle: TitleCycle | None = None, **said: Any) -> TitleNomination:
    sent = titles_nominations.submit_nomination(draft(cycle, **said), by=None)
    checks = {one["code"]: {"met": True, "note": ""} for one in sent.cycle.series.admissibility}
    return titles_judging.check_admissibility(sent, checks=checks, by=None)


def proposed(cycle: TitleCycle | None = None, **said: Any) -> TitleNomination:
    from karvan.stages.convening.services.titles_deciding import propose_nomination

    organ = make.organ(names=make.texts("Conference of Ministers of Culture"))
    session = make.statutory_session(organ, starts_on=date(2023, 9, 25), ends_on=date(2023, 9, 26))
    item = make.agenda_item(session, titles=make.texts("Capitals of culture"))
    return propose_nomination(admitted(cycle, **said), item=item, by=None)


def marks(cycle: TitleCycle, mark: int) -> dict[str, int]:
    return {one["code"]: mark for one in cycle.series.rubric["criteria"]}
