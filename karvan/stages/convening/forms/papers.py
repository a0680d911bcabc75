"""Turn what a person typed about sessions, delegations and credentials into values for a service."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.places.models import Country
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.agreements.models import Agreement

from ..models import Delegation, DelegationCredential, Membership, SessionDelegate, StatutorySession
from .organs import day, whole


class SessionForm(forms.Form):
    """The facts of a session; of one that is here, without its address, number and kind."""

    titles = TextsField(label=_("Title"), max_length=300)
    slug = forms.SlugField(label=_("Address"), max_length=40, help_text=_("Short, such as gc-12."))
    ordinal = whole(_("Number"), 1, 9999)
    kind = forms.ChoiceField(label=_("Kind"), choices=StatutorySession.Kind.choices)
    starts_on = day(label=_("From"))
    ends_on = day(label=_("Until"))
    hijri_printed = forms.CharField(
        label=_("Hijri date as printed"),
        max_length=120,
        required=False,
        help_text=_("Kept as you write it, and compared with the days above."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), required=False
    )
    time_zone = forms.CharField(label=_("Time zone"), max_length=64, initial="UTC")
    host = forms.ModelChoiceField(label=_("Host"), queryset=Party.objects.none(), required=False)
    host_agreement = forms.ModelChoiceField(
        label=_("Host agreement"), queryset=Agreement.objects.none(), required=False
    )
    patronage = forms.CharField(label=_("Under the patronage of"), max_length=300, required=False)
    theme = forms.CharField(label=_("Theme"), max_length=300, required=False)
    items_until = day(label=_("Members propose items until"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        hosts: QuerySet[Party],
        agreements: QuerySet[Agreement],
        countries: QuerySet[Country],
        session: StatutorySession | None = None,
        **kwargs: Any,
    ) -> None:
        if session is not None:
            names = [one for one in self.base_fields if one not in ("slug", "ordinal", "kind")]
            kwargs.setdefault("initial", {name: getattr(session, name) for name in names})
        super().__init__(*args, **kwargs)
        given = {"host": hosts, "host_agreement": agreements, "country": countries}
        for name, rows in given.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if session is not None:
            for name in ("slug", "ordinal", "kind"):
                del self.fields[name]

    def clean_time_zone(self) -> str:
        """A time zone that there is."""
        zone = str(self.cleaned_data["time_zone"]).strip()
        if zone not in available_timezones():
            raise forms.ValidationError(_("Write a time zone such as Africa/Casablanca."))
        return zone


class DelegationForm(forms.Form):
    capacity = forms.ChoiceField(label=_("Comes as"), choices=Delegation.Capacity.choices)
    membership = forms.ModelChoiceField(
        label=_("Member"),
        queryset=Membership.objects.none(),
        required=False,
        help_text=_("Asked for where it comes as a member."),
    )
    names = TextsField(
        label=_("Name"),
        max_length=200,
        required=False,
        help_text=_("Of an organisation, a guest or the secretariat."),
    )

    def __init__(self, *args: Any, members: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]


class OwnDelegationForm(forms.Form):
    """A member registers itself: only which one, where its party speaks for several."""

    membership = forms.ModelChoiceField(label=_("Member"), queryset=Membership.objects.none())

    def __init__(self, *args: Any, members: QuerySet[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = members  # type: ignore[attr-defined]
        self.fields["membership"].initial = members.first()


class SessionDelegateForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=150)
    title = forms.CharField(label=_("Title"), max_length=150, required=False)
    rank = forms.ChoiceField(
        label=_("Rank in the delegation"), choices=SessionDelegate.Rank.choices, initial="member"
    )
    email = forms.EmailField(
        label=_("Signs in with"),
        required=False,
        help_text=_("The address of an account that may act for this delegation."),
    )


class CredentialForm(forms.Form):
    issuer = forms.CharField(
        label=_("Issued by"),
        max_length=200,
        help_text=_("Such as the minister of foreign affairs."),
    )
    received_on = day(label=_("Received on"))
    form = forms.ChoiceField(
        label=_("Form of the credentials"), choices=DelegationCredential.Form.choices
    )
    upload = forms.FileField(
        label=_("The paper"),
        required=False,
        widget=forms.FileInput({"accept": ".pdf,.jpg,.jpeg,.png,.webp"}),
        help_text=_("PDF or a picture of it, at most 10 MB."),
    )


class DecisionForm(forms.Form):
    state = forms.ChoiceField(
        label=_("The committee"),
        choices=[
            ("accepted", _("accepts them")),
            ("provisional", _("accepts them provisionally")),
            ("refused", _("refuses them")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False, help_text=_("Asked for where refused.")
    )


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)
