"""What is typed about the order of work: hours, days, and how long each item takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from karvan.foundation.ui.formats import date_in_words

from ..models import AgendaItem, StatutorySession
from ..services.order_of_work import STEP, Hours, Taken

USUAL, MOST = 60, 30 * 60  # minutes
TAKEN = (AgendaItem.State.PROPOSED, AgendaItem.State.INCLUDED)


@dataclass(frozen=True)
class Row:
    """An item with the fields that are typed for it."""

    item: AgendaItem
    minutes: forms.BoundField
    not_before: forms.BoundField


def _clock(label: Any, **options: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **options
    )


class OrderOfWorkForm(forms.Form):
    morning_from = _clock(gettext_lazy("Morning from"), initial="10:00")
    morning_until = _clock(gettext_lazy("Morning until"), initial="13:00")
    afternoon_from = _clock(gettext_lazy("Afternoon from"), initial="15:00", required=False)
    afternoon_until = _clock(gettext_lazy("Afternoon until"), initial="18:00", required=False)
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Days"), coerce=date.fromisoformat, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, session: StatutorySession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.agenda = list(session.agenda_items.filter(state__in=TAKEN))
        count = (session.ends_on - session.starts_on).days + 1
        every = [session.starts_on + timedelta(days=n) for n in range(count)]
        choices = [(on.isoformat(), date_in_words(on)) for on in every]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
        self.fields["days"].initial = [key for key, _label in choices]
        for item in self.agenda:
            label = {"item": item.number}
            self.fields[f"minutes_{item.pk}"] = forms.IntegerField(
                label=_("Minutes of item %(item)s") % label,
                initial=0 if _was_taken(item) else USUAL,
                min_value=0,
                max_value=MOST,
                step_size=STEP,
            )
            self.fields[f"not_before_{item.pk}"] = forms.TypedChoiceField(
                label=_("Day before which item %(item)s is not taken") % label,
                choices=[("", _("any day")), *choices],
                coerce=date.fromisoformat,
                empty_value=None,
                required=False,
            )

    def rows(self) -> Iterator[Row]:
        """The items, each with its fields."""
        for item in self.agenda:
            yield Row(item, self[f"minutes_{item.pk}"], self[f"not_before_{item.pk}"])

    def setting(self) -> list[forms.BoundField]:
        """The fields that are about the whole."""
        return [self[name] for name in self.base_fields]

    def clean(self) -> dict[str, Any]:
        """Hours must lie in order, and an afternoon has both its ends or neither."""
        typed = super().clean() or {}
        given = [typed.get(name) for name in list(self.base_fields)[:4]]
        if (given[2] is None) != (given[3] is None) and not self.errors:
            self.add_error("afternoon_until", _("Give both ends of the afternoon, or neither."))
        moments = [one for one in given if one is not None]
        if not self.errors and any(a >= b for a, b in zip(moments, moments[1:], strict=False)):
            self.add_error("morning_from", _("The hours of a day must follow each other."))
        return typed

    def asked(self) -> dict[str, Any]:
        """What ``lay_out_work`` is given; the form must be valid."""
        typed = self.cleaned_data
        later = (typed["afternoon_from"], typed["afternoon_until"])
        hours = Hours((typed["morning_from"], typed["morning_until"]), later if later[0] else None)
        taken = [
            Taken(item, typed[f"minutes_{item.pk}"], typed[f"not_before_{item.pk}"])
            for item in self.agenda
        ]
        return {"taken": taken, "hours": hours, "days": set(typed["days"])}


def _was_taken(item: AgendaItem) -> bool:
    """Whether a sitting that is over took it."""
    return item.sittings.filter(closed_at__isnull=False).exists()
