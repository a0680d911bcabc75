"""The house rules that a machine can check. Each test says the rule in its name."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).parents[1]
PYTHON = sorted((ROOT / "karvan").rglob("*.py"))
OWN = [p for p in PYTHON if "migrations" not in p.parts]
TEMPLATES = sorted((ROOT / "karvan").rglob("templates/**/*.html"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BANNED = {"utils", "helpers", "common", "misc", "core", "base", "manager"}


def named(*names):
    return [p for p in OWN if p.name in names or p.parent.name in {n[:-3] for n in names}]


def ident(path):
    return str(path.relative_to(ROOT))


def functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_no_file_is_longer_than_400_lines():
    long = {ident(p): n for p in OWN + TESTS if (n := p.read_text().count("\n")) > 400}

    assert long == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [ident(p) for p in OWN if p.stem in BANNED or p.parent.name in BANNED] == []


def test_views_reach_rows_through_access_or_queries_only():
    assert [ident(p) for p in named("views.py") if ".objects" in p.read_text()] == []


def test_no_view_is_longer_than_30_lines():
    long = {
        f"{ident(p)}:{f.name}": f.end_lineno - f.lineno
        for p in named("views.py")
        for f in functions(p)
        if f.end_lineno - f.lineno > 30
    }

    assert long == {}


def public_services():
    for path in named("services.py"):
        tree = ast.parse(path.read_text())
        exported = [
            f for f in tree.body if isinstance(f, ast.FunctionDef) and not f.name.startswith("_")
        ]
        yield from ((path, f) for f in exported)


def test_public_services_say_what_they_do():
    silent = [f"{ident(p)}:{f.name}" for p, f in public_services() if not ast.get_docstring(f)]

    assert silent == []


def test_acts_take_by_as_a_keyword():
    """A service that opens a transaction is an act; an act knows whose it is."""
    nameless = []
    for path, function in public_services():
        atomic = any("atomic" in ast.unparse(d) for d in function.decorator_list)
        if atomic and "by" not in {a.arg for a in function.args.kwonlyargs}:
            nameless.append(f"{ident(path)}:{function.name}")

    assert nameless == []


def test_templates_hold_no_inline_script_or_style():
    pattern = re.compile(r"<script(?![^>]*src=)[^>]*>|<style|\sstyle=|\son\w+=")
    found = {ident(p): hits for p in TEMPLATES if (hits := pattern.findall(p.read_text()))}

    assert found == {}


def test_no_template_is_longer_than_120_lines():
    assert [ident(p) for p in TEMPLATES if p.read_text().count("\n") > 120] == []


def test_no_translation_is_an_f_string():
    pattern = re.compile(r"""\b(?:_|gettext|gettext_lazy|ngettext)\(\s*f["']""")

    assert [ident(p) for p in OWN if pattern.search(p.read_text())] == []


def test_what_is_made_a_number_is_asked_whether_it_is_decimal():
    """``"²".isdigit()`` is true, and ``int("²")`` an error."""
    assert [ident(p) for p in OWN if ".isdigit()" in p.read_text()] == []


def test_no_signals_and_no_model_forms():
    pattern = re.compile(r"django\.(db\.models|dispatch|core)\.?signals?|ModelForm|@receiver")

    assert [ident(p) for p in OWN if pattern.search(p.read_text())] == []


def test_every_migration_has_a_name_that_says_what_it_does():
    files = [ident(p) for p in PYTHON if p.parent.name == "migrations"]

    assert [
        name for name in files if "_auto_" in name or re.search(r"000[2-9]_initial", name)
    ] == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_stage_is_in_the_pipeline_and_says_what_it_does():
    stages = {p.parent.name for p in (ROOT / "karvan/stages").glob("*/apps.py")}

    assert stages == set(settings.PIPELINE)
    for stage in stages:
        text = (ROOT / f"karvan/stages/{stage}/__init__.py").read_text()
        assert text.startswith('"""Stage'), stage


def test_the_order_of_the_stages_is_the_same_in_settings_and_contract():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contract = next(
        c for c in config["tool"]["importlinter"]["contracts"] if c["name"].startswith("Pipeline")
    )
    layers = [layer for layer in reversed(contract["layers"]) if not layer.startswith("(")]

    assert layers == settings.PIPELINE


def test_the_order_of_the_stages_is_the_order_of_their_docstrings():
    numbers = [
        int(re.match(r'"""Stage (\d+)', (ROOT / f"karvan/stages/{s}/__init__.py").read_text())[1])
        for s in settings.PIPELINE
    ]

    assert numbers == sorted(numbers)


@pytest.mark.parametrize("path", sorted((ROOT / "docs/decisions").glob("0*.md")), ids=ident)
def test_every_decision_has_the_four_headings(path):
    assert re.findall(r"^## (.+)$", path.read_text(), re.M) == [
        "Why",
        "Decision",
        "What it costs",
        "Revisit when",
    ]


def test_no_word_of_another_place_is_in_the_repository():
    words = re.compile(
        "/"
        + "work/|/"
        + "farm/|files\\.python"
        + "hosted|pypi\\.org/|registry\\.npm"
        + "js|"
        + "TO"
        + "DO|FIX"
        + "ME"
    )
    kinds = (
        ".py",
        ".md",
        ".toml",
        ".lock",
        ".html",
        ".css",
        ".js",
        ".mjs",
        ".json",
        ".yaml",
        ".txt",
    )
    tracked = [
        p
        for p in ROOT.rglob("*")
        if p.suffix in kinds
        and not {".venv", "node_modules", ".git", "var", "build"} & set(p.parts)
        and p != Path(__file__)
    ]

    assert [ident(p) for p in tracked if words.search(p.read_text(errors="ignore"))] == []


def test_every_table_belongs_to_a_stage_or_the_foundation():
    ours = [m for m in apps.get_models() if m.__module__.startswith("karvan.")]

    assert ours
    assert [
        m for m in ours if not m.__module__.startswith(("karvan.stages.", "karvan.foundation."))
    ] == []
