"""Run one of the verifiers others wrote, against a server on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.foreign.server import Site

HERE = Path(__file__).parent
NODE = shutil.which("node")
NEEDS_VERIFIERS = [
    pytest.mark.foreign,
    pytest.mark.skipif(NODE is None, reason="Node.js 20 or newer is not installed"),
    pytest.mark.skipif(
        not (HERE / "node_modules").is_dir(),
        reason="the verifiers are not installed: make foreign (npm ci --prefix tests/foreign)",
    ),
]


def ask_verifier(
    verifier: str, credential: dict[str, Any], *, site: Site, folder: Path
) -> dict[str, Any]:
    """The verifier's answer; it reaches nothing but the site."""
    file = folder / "credential.json"
    file.write_text(json.dumps(credential), encoding="utf-8")
    done = subprocess.run(
        [NODE, HERE / f"{verifier}.mjs", str(site.port), file],
        capture_output=True,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(site.certificate)},
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
