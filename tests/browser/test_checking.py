"""An employer holds a certificate and points the telephone at its code."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from karvan.stages.credentials import issuer, services, signing
from tests import make
from tests.browser.looking import look
from tests.stages.credentials import earning


def issued(settings: Any, tmp_path: Path) -> Any:
    """A certificate of the boot camp, signed with a key of its own."""
    settings.CREDENTIAL_KEY = ""
    settings.CREDENTIAL_KEY_FILE = tmp_path / "credential-key.pem"
    key = signing.make_key(did=issuer.did())
    settings.CREDENTIAL_KEY_FILE.write_bytes(signing.private_pem(key))
    camp = earning.boot_camp()
    return services.issue_credential(
        earning.earner(camp, names={"Arab": "سفنج علييفا"}),
        by=make.role("coordinator", camp.edition.scope),
    )


def test_employer_reads_valid_and_after_revocation_revoked(
    phone: Page, desktop: Page, sign_in_page: Any, settings: Any, tmp_path: Path
) -> None:
    credential = issued(settings, tmp_path)
    scanned = urlsplit(issuer.verify_url(credential.number)).path

    phone.goto(scanned)
    assert phone.url.endswith(f"/ar/verify/{credential.number}/")
    expect(phone.locator(".statement")).to_have_attribute("data-tone", "good")
    expect(
        phone.get_by_text("سفنج علييفا").or_(phone.get_by_text("Sevinc Əliyeva"))
    ).to_be_visible()
    look(phone, "verify-valid", dark=True)

    sign_in_page(desktop, make.role("coordinator", credential.activity.edition.scope))
    desktop.goto(f"/en/editions/tvp-az-2021/credentials/{credential.number}/")
    look(desktop, "certificate-record")
    desktop.locator("summary", has_text="Revoke it").click()
    desktop.locator("form[action$='/revoke/'] [name=reason]").fill("Issued to the wrong person.")
    desktop.get_by_role("button", name="Revoke the certificate").click()
    expect(desktop.locator("[role=status]")).to_contain_text("was revoked")

    phone.reload()
    expect(phone.locator(".statement")).to_have_attribute("data-tone", "bad")
    expect(phone.get_by_text("Issued to the wrong person.")).to_be_visible()
    look(phone, "verify-revoked")
