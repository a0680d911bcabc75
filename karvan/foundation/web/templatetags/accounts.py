"""What the sign-in page needs to know of the demo."""

from __future__ import annotations

from django import template
from django.conf import settings

from karvan.foundation.people.models import Person, Role
from karvan.foundation.people.queries import one_demo_account_a_role

register = template.Library()


@register.simple_tag
def demo_sign_ins() -> list[tuple[Role, Person]]:
    """One demo person a role; none where no demo runs. Costs two queries on a demo, else none."""
    return one_demo_account_a_role() if settings.DEMO else []
