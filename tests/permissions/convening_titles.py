"""Who may open the screens of titles and of their register."""

from __future__ import annotations

from django.core.files.base import ContentFile

from karvan.foundation.files.services import store_upload
from karvan.foundation.people.models import Role
from karvan.stages.convening.models import NominationFile, TitleEvent, TitleNomination
from tests import make
from tests.stages.convening.titles_world import rules
from tests.stages.dossiers.bench_world import kept_file

from .route import only, public

# The world's coordinators run editions; titles are run by who holds a role over everything.
RUN = ("officer", "administrator")
READ = ("auditor", *RUN)


def give(world, kind, **more):
    Role.objects.get_or_create(
        person=world.people[kind], kind=kind, scope=world.title_cycle.scope, **more
    )


def members(world):
    """The world's partner speaks for its party in the cycle, its reviewer is an expert there."""
    give(world, "partner", party=world.party)
    give(world, "reviewer")


def series(world):
    return {"series": world.title_cycle.series.code}


def cycle(world):
    members(world)
    return {**series(world), "year": world.title_cycle.year}


def nomination(state):
    def arguments(world):
        members(world)
        of = world.title_cycle.series
        for name, value in rules().items():
            setattr(of, name, value)
        of.save()
        made, _new = TitleNomination.objects.get_or_create(
            cycle=world.title_cycle,
            party=world.party,
            state=state,
            defaults={
                "city_names": {"en": "Shusha"},
                "country": make.country("AZ"),
                "region": "Asian",
            },
        )
        return {"pk": made.pk}

    return arguments


def others(world):
    """An admissible nomination of a party that the world's partner does not speak for."""
    members(world)
    made, _new = TitleNomination.objects.get_or_create(
        cycle=world.title_cycle,
        state="admitted",
        region="Arab",
        defaults={
            "party": make.party(),
            "city_names": {"en": "Doha"},
            "country": make.country("AZ"),
        },
    )
    return {"pk": made.pk}


def file(world):
    arguments = nomination("draft")(world)
    made, _new = NominationFile.objects.get_or_create(
        nomination_id=arguments["pk"],
        section="heritage",
        defaults={
            "file": kept_file(world.title_cycle.scope),
            "added_at": make.moment(2026, 1, 1),
            "caption": "Walls",
        },
    )
    return {**arguments, "file": made.pk}


def title(world):
    """The title of the party's nomination; the party's partner is its host."""
    pk = nomination("granted")(world)["pk"]
    found = TitleNomination.objects.get(pk=pk)
    made = getattr(found, "title", None) or make.title(
        world.title_cycle.series,
        nomination=found,
        year=world.title_cycle.year,
        closing_report=kept_file(world.title_cycle.series.scope),
    )
    return {"pk": made.pk}


def event(world):
    arguments = title(world)
    made, _new = TitleEvent.objects.get_or_create(
        title_id=arguments["pk"], starts_on="2027-05-01", defaults={"names": {"en": "Opening"}}
    )
    return {**arguments, "event": made.pk}


def uploaded(world):
    """The officer's upload: nobody else opens it."""
    of = world.title_cycle.series
    table = ContentFile(b"year,city\n2005,Mecca\n", name="list.csv")
    kept = store_upload(table, kinds=("csv",), scope=of.scope, by=world.people["officer"])
    return {"series": of.code, "file": kept.pk}


def word(what):
    return lambda world: {**title(world), "what": what}


PARTY = ("partner", *RUN)
INSIDE = ("partner", "reviewer", *READ)

ROUTES = {
    "convening:titles": only(INSIDE, arguments=lambda world: members(world) or {}),
    "convening:title_series_new": only(RUN),
    "convening:title_series": only(RUN, arguments=series),
    "convening:title_cycle_new": only(RUN, arguments=series),
    "convening:title_cycle": only(INSIDE, arguments=cycle),
    "convening:title_call": only(RUN, method="post", arguments=cycle),
    "convening:title_evaluate": only(RUN, method="post", arguments=cycle),
    "convening:title_expert": only(RUN, method="post", arguments=cycle),
    "convening:title_ranking": only(READ, arguments=cycle),
    "convening:nominate": only(PARTY, arguments=cycle),
    # A draft is its party's and the secretariat's; an expert sees what is admissible.
    "convening:nomination": only(("partner", *READ), arguments=nomination("draft")),
    "convening:nomination_edit": only(PARTY, arguments=nomination("draft")),
    "convening:nomination_add_file": only(PARTY, method="post", arguments=nomination("draft")),
    "convening:nomination_file": only(("partner", *READ), arguments=file),
    # The first who may takes it out; it is not there for the next.
    "convening:nomination_remove_file": only(("partner",), method="post", arguments=file),
    "convening:nomination_submit": only(PARTY, method="post", arguments=nomination("draft")),
    "convening:nomination_withdraw": only(PARTY, method="post", arguments=nomination("draft")),
    "convening:nomination_check": only(RUN, method="post", arguments=nomination("submitted")),
    # An expert marks what other parties nominate; nobody else does, not even the secretariat.
    "convening:nomination_mark": only(("reviewer",), arguments=others),
    "convening:nomination_propose": only(RUN, method="post", arguments=others),
    "convening:nomination_grant": only(RUN, method="post", arguments=others),
    "convening:nomination_decline": only(RUN, method="post", arguments=others),
    "convening:title_held": only(("partner", *READ), arguments=title),
    "convening:title_report": only(("partner", *READ), arguments=title),
    "convening:title_keep": only(PARTY, method="post", arguments=word("events")),
    "convening:title_change": only(RUN, method="post", arguments=word("decree")),
    "convening:title_remove_event": only(("partner",), method="post", arguments=event),
    "convening:title_registers": public(),
    "convening:title_register": public(arguments=series),
    "convening:title_timeline": public(arguments=series),
    "convening:title_map": public(arguments=series),
    "convening:title_json": public(arguments=series),
    "convening:title_public": public(arguments=title),
    "convening:title_import": only(RUN, arguments=series),
    "convening:title_import_rows": only(("officer",), arguments=uploaded),
}
