"""Vocabularies: those that come with the platform, and the tables of EAMENA as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from karvan.foundation.records.models import Record
from karvan.stages.heritage.errors import Unreadable
from karvan.stages.heritage.models import Term
from karvan.stages.heritage.queries.surveys import found_terms, term_named
from karvan.stages.heritage.services.surveys_terms import TermsTaken, ensure_terms, load_terms
from karvan.stages.heritage.surveys_risk import EXTENTS, PROBABILITIES
from karvan.stages.heritage.surveys_rules import DUE_IN_MONTHS, RANKS
from karvan.stages.heritage.surveys_vocabularies import FILES, built_in_terms, read_folder
from tests.shared import shared_path

pytestmark = pytest.mark.django_db
HEADS = "Disturbance Category\tتصنيف\tDefinitions\tالتعريف\t\t\t\n"


@pytest.fixture
def eamena() -> Path:
    return shared_path("inputs/eamena")


def table(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text(HEADS + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


class TestThoseThatComeWithThePlatform:
    def test_every_term_has_its_name_in_four_languages(self):
        bare = [(t.vocabulary, t.code) for t in built_in_terms() if not all(t.names.values())]

        assert bare == []
        assert all(set(t.names) == {"en", "fr", "ar", "az"} for t in built_in_terms())

    def test_codes_are_those_that_rules_reckon_with(self):
        codes = {(t.vocabulary, t.code) for t in built_in_terms()}

        assert {("extent", code) for code in EXTENTS} < codes
        assert {("probability", code) for code in PROBABILITIES} < codes
        assert {("condition", code) for code in RANKS} < codes
        assert {("priority", code) for code in DUE_IN_MONTHS} < codes

    def test_stone_damage_has_the_five_families_of_the_glossary(self):
        patterns = [t for t in built_in_terms() if t.vocabulary == "pattern"]

        assert [t.code for t in patterns if not t.parent] == [
            "crack_deformation",
            "detachment",
            "material_loss",
            "discolouration_deposit",
            "biological",
        ]
        codes = {t.code for t in patterns}
        assert [t.code for t in patterns if t.parent and t.parent not in codes] == []

    def test_they_are_written_once_with_one_record(self):
        first = load_terms(by=None)

        assert (first.new, first.changed) == (len(built_in_terms()), 0)
        assert load_terms(by=None) == TermsTaken(0, 0, first.new)
        assert [r.act for r in Record.objects.all()] == ["vocabularies loaded"]

    def test_they_are_there_when_first_needed_and_not_written_again(self):
        ensure_terms(by=None)
        ensure_terms(by=None)

        assert Record.objects.count() == 1


class TestTablesOfEamena:
    def test_counts_are_those_of_the_tables(self, eamena):
        counts = Counter(one.vocabulary for one in read_folder(eamena))

        assert counts == {
            "condition": 6,
            "extent": 7,
            "disturbance": 25,
            "effect": 22,
            "cause": 66,
            "threat": 25,
            "probability": 4,
            "priority": 5,
            # Fifty lines; the last is the filler "x" and no term.
            "recommendation": 49,
            "intervention": 3,
        }

    def test_loading_twice_changes_nothing_the_second_time(self, eamena):
        first = load_terms(eamena, by=None)
        again = load_terms(eamena, by=None)

        assert (again.new, again.changed) == (0, 0)
        assert again.same == first.new + first.changed + first.same == Term.objects.count()

    def test_no_head_blank_or_typo_is_left(self, eamena):
        load_terms(eamena, by=None)
        names = [name for one in Term.objects.all() for name in one.names.values()]

        assert [n for n in names if n != n.strip() or "Utilties" in n or "Grafitti" in n] == []
        assert not Term.objects.filter(names__en__in=["Disturbance Category", "x", "ok"]).exists()
        assert Term.objects.get(vocabulary="disturbance", code="utilities").names["ar"]
        assert Term.objects.get(vocabulary="disturbance", code="vandalism").names["en"] == (
            "Vandalism"
        )

    def test_a_term_of_ours_keeps_its_other_languages_and_gets_the_definition(self, eamena):
        load_terms(eamena, by=None)

        good = Term.objects.get(vocabulary="condition", code="good")
        assert good.names["fr"] == "Bon"
        assert good.definitions["en"].startswith("A site or element shows virtually no evidence")
        assert "EAMENA" in good.source
        assert Term.objects.filter(vocabulary="priority").count() == 5
        assert Term.objects.filter(vocabulary="extent").count() == 7

    def test_recommendations_stand_in_their_groups(self, eamena):
        load_terms(eamena, by=None)
        rows = Term.objects.filter(vocabulary="recommendation").select_related("parent")
        groups = {one.code: one.parent.code if one.parent else "" for one in rows}

        assert groups["shoring"] == "conservation_activity"
        assert groups["surface_cleaning"] == "maintenance_activity"
        assert groups["no_action_needed"] == groups["conservation_activity"] == ""


class TestBadTables:
    def test_an_empty_folder_is_refused_and_nothing_is_written(self, tmp_path):
        with pytest.raises(Unreadable, match=r"holds none of .*Disturbance_Category.tsv"):
            load_terms(tmp_path, by=None)

        assert not Term.objects.exists()

    def test_a_table_that_is_no_text_is_named(self, tmp_path):
        (tmp_path / "Priority_Type.tsv").write_bytes(b"a\tb\n\xff\xfe\x00")

        with pytest.raises(CommandError, match=r"Priority_Type.tsv is not UTF-8 text"):
            call_command("load_terms", str(tmp_path))

    def test_short_lines_blanks_and_a_later_spelling_meet_in_one_term(self, tmp_path, capsys):
        table(tmp_path, "Disturbance_Category.tsv", "Utilties ", "", "x", "Utilities\tمرافق\tPipes")

        call_command("load_terms", str(tmp_path))

        term = Term.objects.get(vocabulary="disturbance", code="utilities")
        assert (term.names["ar"], term.definitions) == ("مرافق", {"en": "Pipes"})
        assert " 0 changed, 0 the same" in capsys.readouterr().out


class TestFindingATerm:
    def test_a_word_of_any_language_and_a_code_name_the_same_term(self):
        load_terms(by=None)
        wanted = Term.objects.get(vocabulary="pattern", code="moss")

        for typed in ("Moss", "moss", "حزاز", "Mousse", "MAMIR", "mamır"):
            assert term_named("pattern", typed)[0] == wanted

    def test_a_word_in_several_terms_names_none_and_offers_them(self):
        load_terms(by=None)

        found, near = term_named("pattern", "scal")

        assert found is None
        assert {one.code for one in near} == {"scaling", "contour_scaling"}

    def test_a_term_is_found_by_its_definition(self):
        load_terms(by=None)

        assert [one.code for one in found_terms("pattern", "living things")] == ["biological"]
        assert found_terms("pattern", "nothing at all like this") == []


def test_every_table_goes_to_a_vocabulary_of_its_own():
    assert len(set(FILES.values())) == len(FILES)
