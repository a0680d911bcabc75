"""Turn what reviewers and coordinators typed into values a service can take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.texts import language_name
from karvan.stages.calls.wording import worded
from karvan.stages.editions.models import Activity

from .models import Conflict


class MarksForm(forms.Form):
    """One field a criterion of the rubric, and a comment. What is not marked may stay empty."""

    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea({"rows": 4}), max_length=4000
    )

    def __init__(self, rubric: Mapping[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        low, high = rubric["scale"]
        for criterion in rubric["criteria"]:
            self.fields[f"mark-{criterion['code']}"] = forms.IntegerField(
                required=False, min_value=low, max_value=high
            )

    def marks(self) -> dict[str, int]:
        """The marks given, by criterion."""
        return {
            name.removeprefix("mark-"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("mark-") and value is not None
        }


class PlanForm(forms.Form):
    """The numbers of a reading's plan. Empty days are proposed; empty applications are those that came."""

    expected = forms.IntegerField(
        required=False,
        max_value=1_000_000,
    )
    load_each = forms.IntegerField(
        label=_("Reads that one more reviewer takes"), max_value=1_000, initial=40
    )
    starts_on = forms.DateField(
        label=_("Reading begins"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    due_on = forms.DateField(
        label=_("Reading ends"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expected = self.fields["expected"]
        expected.label = worded(activity, "Applications expected")
        expected.help_text = worded(activity, "Leave it empty to plan with those that have come.")


class LoadForm(forms.Form):
    """What a reviewer reads, and how much; ``offered`` are the languages there are."""

    languages = forms.MultipleChoiceField(
        label=_("Reads in"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” is not a language of this call.")},
    )
    load_low = forms.IntegerField(
        label=_("Reads at least"), min_value=0, max_value=1_000, initial=0
    )
    load_high = forms.IntegerField(
        label=_("Reads at most"), min_value=1, max_value=1_000, initial=40
    )

    def __init__(self, *args: Any, offered: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, language_name(code)) for code in offered]
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]


class StopForm(forms.Form):
    """Why somebody stops reading."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class ReviewerForm(LoadForm):
    """Somebody who will read. An address that is not known yet becomes a new person."""

    email = forms.EmailField(label=_("E-mail"))
    full_name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        required=False,
        help_text=_("Only for somebody who is not in the register of people yet."),
    )
    institution = forms.CharField(
        label=_("Institution"),
        max_length=150,
        required=False,
    )
    fields_known = forms.CharField(
        label=_("Fields"),
        max_length=200,
        required=False,
        help_text=_("Sectors the person knows, as the form's values, set apart by commas."),
    )
    field_order = [
        "email",
        "full_name",
        "languages",
        "institution",
        "fields_known",
        "load_low",
        "load_high",
    ]

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept_away = worded(activity, "Applications from the same institution are kept away.")
        self.fields["institution"].help_text = kept_away

    def clean_fields_known(self) -> list[str]:
        """The fields as a list."""
        typed = self.cleaned_data["fields_known"].split(",")
        return [field.strip() for field in typed if field.strip()]


class OwnConflictForm(forms.Form):
    """Why the reviewer cannot read this one."""

    kind = forms.ChoiceField(
        choices=[(k.value, k.label) for k in Conflict.Kind if k != Conflict.Kind.INSTITUTION]
        + [(Conflict.Kind.INSTITUTION.value, Conflict.Kind.INSTITUTION.label)],
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = worded(activity, "What ties you to the applicant?")


class ConflictForm(OwnConflictForm):
    """A conflict that the coordinator knows of."""

    number = forms.CharField(max_length=16)
    reviewer = forms.TypedChoiceField(label=_("Reviewer"), coerce=int)
    field_order = ["reviewer", "number", "kind", "note"]

    def __init__(self, *args: Any, reviewers: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].choices = [(r.pk, str(r)) for r in reviewers]  # type: ignore[attr-defined]
        self.fields["kind"].label = _("What ties them?")
        self.fields["number"].label = worded(kwargs["activity"], "Application number")


class OpenForm(forms.Form):
    """Until when reviewers should have read."""

    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
