"""The lock files agree with pyproject.toml and with one another, and name no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", text, re.M))


RUN, TEST = pins("requirements.lock"), pins("requirements-dev.lock")


@pytest.mark.parametrize(
    ("wanted", "locked"),
    [
        (PROJECT["dependencies"], RUN),
        ([*PROJECT["dependencies"], *EXTRAS["dev"], *EXTRAS["postgres"], *EXTRAS["s3"]], TEST),
    ],
    ids=["run", "test"],
)
def test_every_dependency_is_locked_within_its_bounds(wanted, locked):
    outside = {}
    for line in wanted:
        one = Requirement(line)
        version = locked.get(canonicalize_name(one.name))
        if version is None or not one.specifier.contains(version):
            outside[line] = version

    assert outside == {}


def test_the_test_lock_holds_the_run_lock_in_the_same_versions():
    assert {name: TEST.get(name) for name in RUN} == RUN


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_pin_has_hashes_and_no_address_is_written_down(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]

    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?://\S+|--(?:extra-)?index-url", text) == []
