"""How people sign in: what we decide where django-allauth asks."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import filter_users_by_email, perform_login
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, override

from karvan.foundation.people.models import Person
from karvan.foundation.people.services import make_sign_in_token
from karvan.foundation.records.services import record
from karvan.foundation.texts import fold

_LETTER_WITH_LINK = "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are closed: who is invited or has applied is a Person already and signs in
    by a link, a code or a password. Letters are written in their reader's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.KARVAN_OPEN_SIGNUP or request.session.get("account_verified_email"))

    def save_user(
        self, request: HttpRequest, user: Person, form: Any, commit: bool = True
    ) -> Person:
        """A person who signs up keeps the language of the page."""
        user.full_name = " ".join(form.cleaned_data.get("full_name", "").split())
        user.language = _present_language()
        user.search_key = fold(user.full_name)[:400]
        with transaction.atomic():
            super().save_user(request, user, form, commit=commit)
            if commit:
                record("signed_up", user, by=user, after={"language": user.language})
        return user

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the person with this address, else in that of the page."""
        person = next(iter(filter_users_by_email(email, is_active=True)), None)
        with override(person.language if person else _present_language()):
            more = {"person": person, "site": settings.SITE_ADDRESS}
            if person and template_prefix == _LETTER_WITH_LINK:
                more["link"] = sign_in_address(person)
            super().send_mail(template_prefix, email, {**context, **more})


def sign_in_address(person: Person) -> str:
    """A whole address that signs the person in once, in the active language."""
    path = reverse("sign_in_link", kwargs={"token": make_sign_in_token(person)})
    return f"{settings.SITE_ADDRESS}{path}"


def let_in(request: HttpRequest, person: Person, *, method: str) -> HttpResponse:
    """Sign the person in, by way of the second factor if there is one, and send him or her on."""
    record_authentication(request, person, method=method, email=person.email)
    if method == "link" and person.email:
        verify_email_indirectly(request, person, person.email)
    answer: HttpResponse = perform_login(request, person, email=person.email)
    return answer


def _present_language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
