"""A team measures at its bench and looks at a signal on a telephone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page, expect

from karvan.stages.dossiers.services.instruments import add_instrument
from tests import make
from tests.browser.looking import look


def recording() -> str:
    """A pressure that answers to a step, with a gap, and a flow whose unit is not told."""
    time = np.arange(4000) / 200
    late = np.maximum(time - 2, 0)
    pressure = 20 * (1 - np.exp(-2.5 * late) * np.cos(8 * late))
    rows = []
    for n, moment in enumerate(time):
        told = "" if 3000 < n < 3200 else f"{pressure[n]:.4f}"
        rows.append(f"{moment:.3f},{told},{40 + 5 * np.sin(2 * np.pi * 0.4 * moment):.4f}")
    return "t (s),p (cmH2O),flow_lpm\n" + "\n".join(rows)


def test_a_member_measures_and_sends_a_signal(
    phone: Page, sign_in_page: Any, troubles: Any, tmp_path: Path
) -> None:
    dossier = make.dossier(state="teardown", title="Ventilator 3")
    member = make.member(dossier).enrolment.person
    make.block(dossier, name="Blower")
    add_instrument(
        dossier,
        by=None,
        maker="Fluke",
        model="87V",
        accuracy="±(0.5 % + 2)",
        percent_reading=Decimal("0.5"),
        digits=Decimal(2),
        resolution=Decimal("0.01"),
        unit="V",
        due_on=date(2026, 1, 31),
    )
    sign_in_page(phone, member)
    here = f"/en/editions/{dossier.activity.edition.slug}/dossiers/{dossier.pk}"

    phone.goto(f"{here}/measurements/new/")
    phone.get_by_label("What was measured").fill("Supply of the blower")
    phone.get_by_label("Quantity").select_option("voltage")
    phone.get_by_label("Unit", exact=True).fill("V")
    phone.get_by_label("Readings").fill("24.03\n24.05\n24.04")
    phone.get_by_label("Instrument").select_option(index=1)
    look(phone, "measurement-form")
    phone.get_by_role("button", name="Write down the measurement").tap()
    expect(phone.locator(".lead")).to_contain_text("24.04 ± 0.16 V")
    expect(phone.locator("main")).to_contain_text("calibration was due")
    look(phone, "measurement", dark=True)

    file = tmp_path / "blower.csv"
    file.write_text(recording())
    phone.goto(f"{here}/signals/new/")
    phone.get_by_label("Files").set_input_files(file)
    look(phone, "signal-new")
    phone.get_by_role("button", name="Send the signal").tap()
    expect(phone.locator("main")).to_contain_text("Its name suggests lpm")
    look(phone, "signal-units")
    phone.get_by_label("Unit of flow_lpm").fill("L/min")
    phone.get_by_role("button", name="Keep these answers").tap()
    expect(phone.locator("#figures")).to_contain_text("overshoot")
    expect(phone.locator("#curves")).to_contain_text("flow_lpm, L/min")
    look(phone, "signal", dark=True)
    phone.get_by_role("link", name="Nearer").tap()
    phone.wait_for_url(re.compile("from="))
    expect(phone.locator("#figures h2")).to_have_text("Figures of this part")
    look(phone, "signal-near")
    phone.goto(f"{here}/measurements/")
    look(phone, "measurements")
    phone.goto(f"{here}/instruments/")
    look(phone, "instruments")
    assert troubles.unexpected() == []
