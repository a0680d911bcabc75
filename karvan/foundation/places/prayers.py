"""Prayer times at a place, calculated here without asking anybody, by a method that one chooses.

Every answer is a calculation: a country's authority publishes its own table, and what it
publishes goes first. The sun's place and the methods come from the al-falak library; that of
Diyanet is put together here from its published angles and margins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from alfalak import CalculationMethod, CalculationParameters, Madhab
from alfalak import PrayerTimes as Calculated
from alfalak.calculation import PrayerAdjustments
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .hijri import FIRST, LAST, ramadan_spans
from .models import Country
from .tables import rows

# Where most people keep the common prayer on Fridays, though no method is on record yet.
FRIDAY_KEPT_TOO = ("AF", "BD", "GM", "GN", "IR", "ML", "MV", "NE", "TD", "TJ", "TM")
BOUNDED_FROM = 48  # degrees of latitude from which twilight can last all night in summer


class Method(TextChoices):
    MWL = "mwl", _("Muslim World League")
    EGYPT = "egypt", _("Egyptian General Authority of Survey")
    UMM_AL_QURA = "umm_al_qura", _("Umm al-Qura University, Mecca")
    KARACHI = "karachi", _("University of Islamic Sciences, Karachi")
    DIYANET = "diyanet", _("Presidency of Religious Affairs, Turkey (approximated)")
    DUBAI = "dubai", _("Dubai and the Gulf")
    KUWAIT = "kuwait", _("Kuwait")
    QATAR = "qatar", _("Qatar")
    JAKIM = "jakim", _("Malaysia and its neighbours (JAKIM)")
    MOONSIGHTING = "moonsighting", _("Moonsighting Committee")
    ISNA = "isna", _("Islamic Society of North America")


class Asr(TextChoices):
    STANDARD = "standard", _("Standard: the shadow is as long as the object")
    HANAFI = "hanafi", _("Hanafi: the shadow is twice as long")


_LIBRARY = {
    Method.MWL: CalculationMethod.MUSLIM_WORLD_LEAGUE,
    Method.EGYPT: CalculationMethod.EGYPTIAN,
    Method.UMM_AL_QURA: CalculationMethod.UMM_AL_QURA,
    Method.KARACHI: CalculationMethod.KARACHI,
    Method.DUBAI: CalculationMethod.DUBAI,
    Method.KUWAIT: CalculationMethod.KUWAIT,
    Method.QATAR: CalculationMethod.QATAR,
    Method.JAKIM: CalculationMethod.JAKIM,
    Method.MOONSIGHTING: CalculationMethod.MOON_SIGHTING_COMMITTEE,
    Method.ISNA: CalculationMethod.NORTH_AMERICA,
}


@dataclass(frozen=True, slots=True)
class PrayerTimes:
    """The five prayers and sunrise of one date, each an aware moment in the place's zone.

    bounded: at this latitude twilight can last all night; dawn and night prayer are then
        set by halving the night (and where the sun does not set at all, from the nearest
        latitude at which it does), which is a convention and no observation.
    """

    on: date
    method: str
    asr_rule: str
    fajr: datetime
    sunrise: datetime
    dhuhr: datetime
    asr: datetime
    maghrib: datetime
    isha: datetime
    bounded: bool


@dataclass(frozen=True, slots=True)
class ProposedMethod:
    """The method to begin with in a country: a proposal of ours, to be confirmed by the host."""

    method: str
    asr: str
    note: str


def prayer_times(
    latitude: float, longitude: float, on: date, time_zone: str, method: str, asr: str
) -> PrayerTimes:
    """The prayer times of a date at a place, to the minute.

    Within half a minute, the rounding, of an independent calculation after Meeus for sunrise,
    noon, sunset and the twilights; within about a minute for Asr. In Ramadan the method of
    Umm al-Qura puts the night prayer two hours after sunset instead of one and a half.

    Args:
        latitude, longitude: degrees, north and east positive.
        method: one of Method. asr: one of Asr.

    Raises:
        ValueError: a coordinate, the method, the rule or the date is out of bounds.
    Cost: under a millisecond, no reads.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"no such place: {latitude}, {longitude}")
    if not FIRST <= on <= LAST:
        raise ValueError(f"prayer times are given from {FIRST} to {LAST}, got {on}")
    found = Calculated(
        (latitude, longitude),
        datetime(on.year, on.month, on.day),
        calculation_parameters=_parameters(Method(method), Asr(asr), on),
        time_zone=ZoneInfo(time_zone),
    )
    return PrayerTimes(
        on=on,
        method=method,
        asr_rule=asr,
        fajr=found.fajr,
        sunrise=found.sunrise,
        dhuhr=found.dhuhr,
        asr=found.asr,
        maghrib=found.maghrib,
        isha=found.isha,
        bounded=abs(latitude) >= BOUNDED_FROM,
    )


def proposed_method(country: str) -> ProposedMethod:
    """The method to begin with in a country."""
    return _proposals().get(country, ProposedMethod(Method.MWL.value, Asr.STANDARD.value, ""))


def keeps_friday_prayer(country: Country) -> bool:
    """Whether work stops for the common prayer on Fridays: in Arab countries, in those with a
    method on record and in a few more. A proposal of ours, to be confirmed by the host."""
    known = {*_proposals(), *FRIDAY_KEPT_TOO}
    return country.region == "Arab" or country.code in known


def _parameters(method: Method, asr: Asr, on: date) -> CalculationParameters:
    if method is Method.DIYANET:
        margins = PrayerAdjustments(sunrise=-7, dhuhr=5, asr=4, maghrib=7)
        made = CalculationParameters(fajr_angle=18, isha_angle=17, method_adjustments=margins)
    else:
        made = CalculationParameters(_LIBRARY[method], is_ramadan=bool(ramadan_spans(on, on)))
    made.madhab = Madhab.HANAFI if asr is Asr.HANAFI else Madhab.SHAFI
    return made


@lru_cache(maxsize=1)
def _proposals() -> dict[str, ProposedMethod]:
    return {
        row["code"]: ProposedMethod(row["method"], row["asr"], row["note"])
        for row in rows("prayer_methods.csv")
    }
