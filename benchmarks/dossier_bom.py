"""How long a bill of materials takes to be read and taken over, line by line of its size.

A table of parts with references, prices and suppliers is written, read, taken into a dossier of
a database in memory, read again with a tenth of its lines changed, and compared.

Run: python benchmarks/dossier_bom.py [--quick]. Ends with one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.setdefault("KARVAN_SECRET_KEY", "only-for-benchmarks-" + "x" * 40)
os.environ.setdefault("KARVAN_DATA", tempfile.mkdtemp(prefix="karvan-bench-"))

import django  # noqa: E402

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test.runner import DiscoverRunner  # noqa: E402

from karvan.stages.dossiers import bom_queries  # noqa: E402
from karvan.stages.dossiers.services.importing import (  # noqa: E402
    preview_diff,
    read_import,
    take_import,
)
from tests import make  # noqa: E402


def table(lines: int, *, changed: bool) -> bytes:
    """``lines`` lines as CSV; every tenth has another price when ``changed``."""
    rows = ["Item,Designator,Quantity,Value,Package,Manufacturer,MPN,Supplier,SKU,Price (USD)"]
    for n in range(1, lines + 1):
        price = 1 + n % 97 + (5 if changed and n % 10 == 0 else 0)
        rows.append(
            f'{n},"R{2 * n}, R{2 * n + 1}",2,{n}k,0603,Maker {n % 20},M{n},Shop {n % 7},S{n},0.{price:03d}'
        )
    return "\n".join(rows).encode()


def measured(lines: int) -> dict[str, float | int]:
    """Seconds to read, to take, to read again and compare, and to reckon the costs."""
    dossier = make.dossier()

    def read(*, changed: bool):
        sent = SimpleUploadedFile("bom.csv", table(lines, changed=changed))
        return read_import(dossier, upload=sent, by=None)

    started = time.perf_counter()
    preview = read(changed=False)
    read_s = time.perf_counter() - started
    started = time.perf_counter()
    take_import(preview, ticked={"add-all"}, by=None)
    take_s = time.perf_counter() - started
    started = time.perf_counter()
    _lines, diff = preview_diff(read(changed=True))
    again_s = time.perf_counter() - started
    started = time.perf_counter()
    costs = bom_queries.costs(dossier)
    costs_s = time.perf_counter() - started
    assert dossier.part_lines.count() == lines == costs.priced_lines
    assert len(diff.changed) == lines // 10 and not diff.added and not diff.gone
    return {
        "lines": lines,
        "read_s": round(read_s, 3),
        "take_s": round(take_s, 3),
        "import_s": round(read_s + take_s, 3),
        "read_again_and_compare_s": round(again_s, 3),
        "costs_s": round(costs_s, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="500 lines only")
    quick = parser.parse_args().quick
    runner = DiscoverRunner(verbosity=0, interactive=False)
    runner.setup_test_environment()
    databases = runner.setup_databases()
    try:
        measured(20)  # what is loaded on first use is not the import's
        found = [measured(lines) for lines in ((500,) if quick else (500, 2000, 5000))]
    finally:
        runner.teardown_databases(databases)
    for one in found:
        print("  ".join(f"{key} {value}" for key, value in one.items()))
    print(json.dumps(found[0]))


if __name__ == "__main__":
    main()
