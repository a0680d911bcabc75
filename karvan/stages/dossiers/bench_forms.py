"""Turn what is typed at the bench into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from karvan.stages.delivery.models import Enrolment

from .models import DeviceType, DeviceUnit, GateCheck, PeerReview


def day(**options: Any) -> forms.DateField:
    """A date, entered with the machine's own date picker."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options)


def lines(label: Any, rows: int = 3, **options: Any) -> forms.CharField:
    """A text of several lines that may be left empty."""
    options.setdefault("required", False)
    return forms.CharField(
        label=label, widget=forms.Textarea({"rows": rows}), max_length=4000, **options
    )


class StartForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=150,
        help_text=_("Such as: pulse oximeter of the children's ward."),
    )
    device_type = forms.ModelChoiceField(
        label=_("Kind of device"),
        queryset=DeviceType.objects.all(),
        help_text=_("It brings the gate items, the risks to think of and the tests to run."),
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Team"), queryset=Enrolment.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES)

    def __init__(
        self, *args: Any, free: QuerySet[Enrolment], size: tuple[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.queryset = free
        members.help_text = _("%(least)s to %(most)s participants.") % {
            "least": size[0],
            "most": size[1],
        }


class ReasonForm(forms.Form):
    """Why a bench is stopped, or what was put right; why a dossier is withdrawn."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea({"rows": 2}), max_length=1000, required=False
    )


class JoinForm(forms.Form):
    enrolment = forms.ModelChoiceField(label=_("Participant"), queryset=Enrolment.objects.none())

    def __init__(self, *args: Any, free: QuerySet[Enrolment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["enrolment"].queryset = free  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    """The very device: what its labels say, where it comes from, its papers."""

    emdn = forms.CharField(
        label=_("EMDN code"),
        max_length=13,
        required=False,
        help_text=_("Search for it by a word above; a letter and pairs of digits."),
    )
    emdn_note = forms.CharField(label=_("Why this code"), max_length=300, required=False)
    gmdn_code = forms.CharField(
        label=_("GMDN code"),
        max_length=20,
        required=False,
        help_text=_("Only as you find it written: the GMDN list is licensed and not kept here."),
    )
    gmdn_term = forms.CharField(label=_("GMDN term"), max_length=200, required=False)
    manufacturer = forms.CharField(label=_("Manufacturer"), max_length=150, required=False)
    model = forms.CharField(label=_("Model"), max_length=150, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    masks_serial = forms.BooleanField(label=_("Hide the serial number in public"), required=False)
    lot = forms.CharField(label=_("Lot"), max_length=80, required=False)
    made_year = forms.IntegerField(
        label=_("Year made"), min_value=1900, max_value=2100, required=False
    )
    udi_di = forms.CharField(
        label=_("UDI-DI"),
        max_length=40,
        required=False,
        help_text=_("Of GS1: 14 digits, the number after (01)."),
    )
    udi_pi = forms.CharField(
        label=_("UDI-PI"),
        max_length=80,
        required=False,
        help_text=_("What follows it: lot, serial number, dates."),
    )
    risk_class = forms.ChoiceField(label=_("Risk class"), choices=DeviceUnit.RiskClass)
    protection_class = forms.ChoiceField(label=_("Protection class"), choices=DeviceUnit.Protection)
    applied_part = forms.ChoiceField(label=_("Applied part"), choices=DeviceUnit.AppliedPart)
    mains = forms.CharField(
        label=_("Mains"), max_length=80, required=False, help_text=_("Such as 230 V, 50 Hz, 0.4 A.")
    )
    battery = forms.CharField(label=_("Battery"), max_length=120, required=False)
    ip_code = forms.CharField(
        label=_("IP code"), max_length=8, required=False, help_text=_("Such as IP22.")
    )
    markings = lines(_("Markings"), help_text=_("Every symbol and word on the labels."))
    condition = forms.ChoiceField(label=_("Condition"), choices=DeviceUnit.Condition)
    provenance = forms.ChoiceField(label=_("Where it came from"), choices=DeviceUnit.Provenance)
    owner = forms.CharField(label=_("Owner"), max_length=150, required=False)
    permission = forms.FileField(label=_("The owner's written permission"), required=False)
    decontamination_method = forms.CharField(
        label=_("Decontaminated by"), max_length=150, required=False
    )
    decontaminated_on = day(label=_("Decontaminated on"), required=False)
    decontamination_signed_by = forms.CharField(
        label=_("Signed by"), max_length=150, required=False
    )
    certificate = forms.FileField(label=_("Decontamination certificate"), required=False)
    patient_data_wiped = forms.ChoiceField(label=_("Patient data"), choices=DeviceUnit.Wiped)


class LabelForm(forms.Form):
    picture = forms.FileField(
        label=_("Photograph"),
        widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
    )
    caption = forms.CharField(label=_("What it shows"), max_length=200, required=False)


class GateForm(forms.Form):
    """The answer to one item; told apart by its prefix."""

    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect, choices=GateCheck.Answer.choices
    )
    reason = lines(_("Reason"), 2, help_text=_("Needed where it does not apply."))
    upload = forms.FileField(label=_("What shows it"), required=False)

    def __init__(self, *args: Any, yes_no: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if yes_no:
            self.fields["answer"].choices = [  # type: ignore[attr-defined]
                one for one in GateCheck.Answer.choices if one[0] != GateCheck.Answer.NA
            ]


class UseForm(forms.Form):
    """Section 3: what it is for, who uses it, where, on what."""

    clinical_need = lines(_("Clinical need"), help_text=_("Which problem of whom it answers."))
    users = lines(_("Users"), help_text=_("Who works it, on whom, with what training."))
    setting = lines(_("Setting"), help_text=_("Ward, laboratory, home; heat, dust, damp."))
    energy = lines(_("Energy"), help_text=_("Mains, battery, how long; what happens without."))
    maintenance = lines(_("Maintenance"), help_text=_("What is checked, by whom, how often."))
    consumables = lines(_("Consumables"), help_text=_("What is used up, and where it is had."))


class FunctionForm(forms.Form):
    """Section 4: the device as it was before anybody opened it."""

    works = lines(
        _("What works"), required=True, help_text=_("Self-test, display, alarms; or: nothing.")
    )
    readings = lines(_("Readings"), help_text=_("Numbers with their units and how they were had."))
    faults = lines(_("Faults"), help_text=_("Or: none found."))


class ReviewForm(forms.Form):
    subject = forms.ChoiceField(label=_("About"), choices=PeerReview.Subject)
    text = lines(_("What you found"), required=True)


class AnswerForm(forms.Form):
    answer = lines(_("What the team did about it"), 2, required=True)


class MarkForm(forms.Form):
    percent = forms.IntegerField(label=_("Mark, per cent"), min_value=0, max_value=100)


class DefenceForm(forms.Form):
    """One anchor a line of the rubric."""

    comment = lines(_("Comment"), 2)

    def __init__(self, *args: Any, rubric: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [line["code"] for line in rubric["criteria"]]
        comment = self.fields.pop("comment")
        for line in rubric["criteria"]:
            self.fields[line["code"]] = forms.TypedChoiceField(
                label=line["title"],
                coerce=int,
                choices=[(n, f"{n} – {words}") for n, words in enumerate(line["anchors"])],
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = comment

    def marks(self) -> dict[str, int]:
        """The anchors that were chosen, by line."""
        return {code: self.cleaned_data[code] for code in self.codes}
