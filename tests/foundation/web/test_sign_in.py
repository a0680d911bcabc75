"""Every way in: password, code, link, second factor, the demo; and the ways that stay shut."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.urls import reverse

from karvan.foundation.people.models import Person
from karvan.foundation.records.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db

ACCOUNT = "/en/account/"


@pytest.fixture(autouse=True)
def lead_to_the_account(settings):
    settings.LOGIN_REDIRECT_URL = "account"


def who(client):
    pk = client.session.get("_auth_user_id")
    return Person.objects.get(pk=pk) if pk else None


def sign_in_by_password(client, person, **more):
    data = {"login": person.email, "password": make.PASSWORD, "next": ACCOUNT, **more}
    return client.post("/en/accounts/login/", data)


def prove_again(client):
    """What django-allauth asks before anything about the second factor is changed."""
    client.post("/en/accounts/reauthenticate/", {"password": make.PASSWORD})


def ask_for_letter(client, address):
    client.post("/en/accounts/login/code/", {"email": address, "next": ACCOUNT})
    return mail.outbox[-1]


def link_in(letter):
    return re.search(r"https?://[^/]+(/\w\w/sign-in/\S+)", letter.body)[1]


def test_the_right_password_signs_in(client):
    person = make.person(email="leyla@example.org")

    answer = sign_in_by_password(client, person, login="Leyla@Example.org")

    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)
    assert who(client) == person


def test_a_wrong_password_does_not_and_says_so(client):
    answer = sign_in_by_password(client, make.person(), password="not the password")

    assert answer.status_code == 200
    assert who(client) is None
    assert 'role="alert"' in answer.text


def test_a_closed_account_does_not_open(client):
    person = make.person(is_active=False)

    sign_in_by_password(client, person)

    assert who(client) is None


def test_the_code_of_the_letter_signs_in(client):
    person = make.person()
    letter = ask_for_letter(client, person.email)
    code = re.search(r"^([A-Z0-9]{3,}[A-Z0-9-]*)$", letter.body, re.M)[1]

    client.post("/en/accounts/login/code/confirm/", {"code": code})

    assert letter.to == [person.email]
    assert who(client) == person


def test_a_wrong_code_does_not_sign_in(client):
    ask_for_letter(client, make.person().email)

    client.post("/en/accounts/login/code/confirm/", {"code": "AAAAAA"})

    assert who(client) is None


def test_the_link_of_the_letter_signs_in_another_browser_once(client, sign_in):
    person = make.person(language="fr")
    letter = ask_for_letter(client, person.email)
    other, third = sign_in(None), sign_in(None)
    link = link_in(letter)
    assert link.startswith("/fr/sign-in/")

    looked = other.get(link)
    assert (looked.status_code, who(other)) == (200, None)
    assert person.full_name in looked.text

    other.post(link)
    assert who(other) == person

    again = third.post(link)
    assert (again.status_code, who(third)) == (410, None)
    assert third.get(link).status_code == 410


def test_a_link_does_not_go_round_the_second_factor(client, sign_in):
    person = make.person()
    totp.TOTP.activate(person, totp.generate_totp_secret())
    link = link_in(ask_for_letter(client, person.email))
    other = sign_in(None)

    answer = other.post(link)

    assert answer["Location"] == reverse("mfa_authenticate")
    assert who(other) is None


def test_an_unknown_address_gets_the_same_page_and_a_letter_without_a_way_in(client, sign_in):
    known = sign_in(None).post("/en/accounts/login/code/", {"email": make.person().email})
    unknown = client.post("/en/accounts/login/code/", {"email": "nobody@example.org"})
    letter = mail.outbox[-1]

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "sign-in/" not in letter.body
    assert "nobody@example.org" in letter.body


def test_a_second_factor_is_enrolled_and_then_asked_for(client, sign_in):
    person = make.person()
    sign_in_by_password(client, person)
    prove_again(client)
    page = client.get("/en/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    number = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )

    client.post("/en/accounts/2fa/totp/activate/", {"code": number})
    assert person.authenticator_set.filter(type="totp").exists()

    other = sign_in(None)
    answer = sign_in_by_password(other, person)
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert who(other) is None

    recovery = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert who(other) is None
    other.post(reverse("mfa_authenticate"), {"code": recovery})
    assert who(other) == person


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"],
)
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    answer = sign_in_by_password(client, make.person(), next=elsewhere)

    assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)


def test_sign_up_is_closed_unless_the_house_opens_it(client, settings):
    asked = {"email": "new@example.org", "password1": make.PASSWORD, "full_name": "Günel Həsənli"}

    client.post("/az/accounts/signup/", asked)
    assert not Person.objects.exists()

    settings.KARVAN_OPEN_SIGNUP = True
    client.post("/az/accounts/signup/", {**asked, "next": ACCOUNT})
    made = Person.objects.get()
    assert (made.full_name, made.language, made.search_key) == (
        "Günel Həsənli",
        "az",
        "gunel hesenli",
    )
    assert [one.act for one in history_of(made)] == ["signed_up"]


def test_a_password_is_set_anew_by_letter(client, sign_in):
    person = make.person()
    client.post("/en/accounts/password/reset/", {"email": person.email})
    link = re.search(r"(/en/accounts/password/reset/key/\S+)", mail.outbox[-1].body)[1]

    page = client.get(link, follow=True)
    client.post(
        page.request["PATH_INFO"],
        {"password1": "another long one", "password2": "another long one"},
    )

    other = sign_in(None)
    sign_in_by_password(other, person, password="another long one")
    assert who(other) == person


def test_a_demo_person_is_entered_with_one_button_and_only_in_a_demo(client, settings):
    person = make.role(
        "officer", of=make.person("Nərmin Demo", email="officer@demo.karvan.example")
    )
    address = reverse("demo_sign_in", kwargs={"pk": person.pk})

    assert client.post(address).status_code == 404
    assert "Nərmin Demo" not in client.get("/en/accounts/login/").text

    settings.DEMO = True
    assert "Secretariat officer: <bdi>Nərmin Demo</bdi>" in client.get("/en/accounts/login/").text
    assert client.get(address).status_code == 405
    client.post(address)
    assert who(client) == person


def test_no_real_person_is_entered_through_the_demo(client, settings):
    settings.DEMO = True
    real = make.role("administrator")

    assert client.post(reverse("demo_sign_in", kwargs={"pk": real.pk})).status_code == 404
    assert who(client) is None


PAGES = [
    "account_login",
    "account_request_login_code",
    "account_reset_password",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.mark.parametrize("name", PAGES)
def test_account_pages_stand_in_our_frame_and_hold_no_inline_script(client, name):
    if name not in PAGES[:3]:
        sign_in_by_password(client, make.person())
        prove_again(client)

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert 'class="masthead"' in answer.text
    scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", answer.text)
    assert (scripts, re.findall(r"\sstyle=|\son\w+=", answer.text)) == ([], [])


@pytest.mark.parametrize("language", ["en", "fr", "ar", "az"])
def test_the_sign_in_page_is_there_in_every_language(client, language):
    answer = client.get(f"/{language}/accounts/login/")

    assert answer.status_code == 200
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in answer.text
