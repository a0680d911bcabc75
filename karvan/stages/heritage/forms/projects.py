"""Turn what a person typed about a restoration into values a service can take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from karvan.foundation.people.models import Party
from karvan.foundation.ui.texts_field import TextsField
from karvan.stages.dossiers.design_fields import FigureField
from karvan.stages.editions.models import Activity

from ..models import Advice, Element, Monument, Phase, RestorationProject, SitePhoto, WorkItem
from ..projects_words import TRADES, UNITS

_DATE = {"type": "date"}
_FORMATS = ["%Y-%m-%d"]
YES_NO = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(_DATE, format="%Y-%m-%d"))
        super().__init__(input_formats=_FORMATS, **options)


class AnswerField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=YES_NO, coerce=lambda one: one == "yes", empty_value=None, **options
        )


def _party(label: Any) -> forms.ModelChoiceField[Party]:
    return forms.ModelChoiceField(
        label=label, queryset=Party.objects.none(), required=False, empty_label=_("not named")
    )


class ProjectForm(forms.Form):
    """The head of a restoration."""

    titles = TextsField(label=_("Title"), max_length=200)
    client = _party(_("Client"))
    designer = _party(_("Designer"))
    contractor = _party(_("Contractor"))
    activity = forms.ModelChoiceField(
        label=_("Course that learns on it"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        initial="EUR",
        help_text=_("Its code of three letters: EUR, AZN, MAD."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("client", "designer", "contractor"):
            self.fields[name].queryset = Party.objects.all()  # type: ignore[attr-defined]
        courses = Activity.objects.filter(format="restoration").select_related("edition__country")
        self.fields["activity"].queryset = courses  # type: ignore[attr-defined]
        self.fields["activity"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one} · {one.edition}"
        )


class StartForm(ProjectForm):
    """A new restoration."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Short, for addresses and papers: “khan-palace-2026”."),
    )

    field_order = ("code", "titles")


class ChangeForm(ProjectForm):
    """The head of a restoration, and whether its page is open."""

    is_public = forms.BooleanField(
        label=_("Open its page to everybody"),
        required=False,
        help_text=_("With the pictures, the phases and the classes before and after."),
    )


class PlanForm(forms.Form):
    planned_from = DayField(label=_("Planned from"), required=False)
    planned_to = DayField(label=_("Planned until"), required=False)


class DayForm(forms.Form):
    """On which day something happened."""

    on = DayField(label=_("Day"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, widget=forms.TextInput({"dir": "auto"})
    )


class PermitForm(forms.Form):
    number = forms.CharField(label=_("Number"), max_length=80)
    authority = forms.CharField(label=_("Authority"), max_length=200)
    covers = forms.CharField(label=_("What it covers"), max_length=300, required=False)
    granted_on = DayField(label=_("Granted"))
    valid_to = DayField(label=_("Valid until"), required=False)
    file = forms.FileField(label=_("The paper"), required=False)


class WorkForm(forms.Form):
    """A treatment of a part."""

    phase = forms.ModelChoiceField(
        label=_("Phase"), queryset=Phase.objects.none(), empty_label=None
    )
    element = forms.ModelChoiceField(
        label=_("Part of the monument"), queryset=Element.objects.none(), empty_label=None
    )
    treatment = forms.CharField(
        label=_("Treatment"), max_length=200, widget=forms.TextInput({"dir": "auto"})
    )
    advice = forms.ModelChoiceField(
        label=_("Recommendation it follows"),
        queryset=Advice.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    reason = forms.CharField(
        label=_("Reason, where no survey advised it"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    quantity = FigureField(label=_("Quantity"), max_digits=12, decimal_places=3)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS)
    unit_price = FigureField(label=_("Unit price"), max_digits=14, decimal_places=2, required=False)
    materials = forms.CharField(
        label=_("Materials"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    is_compatible = AnswerField(label=_("Compatible with what is there?"), required=False)
    is_reversible = AnswerField(label=_("Reversible?"), required=False)
    trade = forms.ChoiceField(
        label=_("Trade it needs"), choices=[("", _("any")), *TRADES.items()], required=False
    )

    def __init__(self, *args: Any, project: RestorationProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        advised = Advice.objects.filter(
            survey__monument=project.monument_id, survey__state="signed"
        ).select_related("kind", "element", "survey")
        rows: dict[str, Any] = {
            "phase": project.phases.exclude(state__in=["done", "skipped"]),
            "element": project.monument.elements.all(),
            "advice": advised.order_by("-survey__on", "pk"),
        }
        for name, queryset in rows.items():
            self.fields[name].queryset = queryset  # type: ignore[attr-defined]
        works = project.phases.filter(kind=Phase.Kind.WORKS).first()
        self.fields["phase"].initial = works
        self.fields["advice"].label_from_instance = _advice_words  # type: ignore[attr-defined]


class MoneyForm(forms.Form):
    """Money of one funder for one phase."""

    phase = forms.ModelChoiceField(
        label=_("Phase"), queryset=Phase.objects.none(), empty_label=None
    )
    funder = forms.ModelChoiceField(
        label=_("Funder"), queryset=Party.objects.none(), empty_label=None
    )
    planned = FigureField(label=_("Planned"), max_digits=14, decimal_places=2)
    committed = FigureField(label=_("Committed"), max_digits=14, decimal_places=2)
    paid = FigureField(label=_("Paid"), max_digits=14, decimal_places=2)

    def __init__(self, *args: Any, project: RestorationProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = project.phases.all()  # type: ignore[attr-defined]
        self.fields["funder"].queryset = Party.objects.all()  # type: ignore[attr-defined]


class ViewpointForm(forms.Form):
    code = forms.SlugField(label=_("Code"), max_length=40)
    names = TextsField(label=_("What it shows, and from where"), max_length=200)
    element = forms.ModelChoiceField(
        label=_("Part of the monument"),
        queryset=Element.objects.none(),
        required=False,
        empty_label=_("the whole"),
    )

    def __init__(self, *args: Any, monument: Monument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["element"].queryset = monument.elements.all()  # type: ignore[attr-defined]


class SitePhotoForm(forms.Form):
    """A picture from a viewpoint."""

    moment = forms.ChoiceField(label=_("Moment"), choices=SitePhoto.Moment.choices)
    taken_on = DayField(label=_("Taken"))
    upload = forms.FileField(
        label=_("Picture"), widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp"})
    )
    operator = forms.CharField(label=_("Taken by"), max_length=150, required=False)
    has_scale = forms.BooleanField(label=_("A scale is in the picture"), required=False)
    work = forms.ModelChoiceField(
        label=_("Work it shows"),
        queryset=WorkItem.objects.none(),
        required=False,
        empty_label=_("none"),
    )

    def __init__(self, *args: Any, project: RestorationProject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        works = WorkItem.objects.filter(phase__project=project)
        self.fields["work"].queryset = works  # type: ignore[attr-defined]


def _advice_words(one: Advice) -> str:
    place = f", {one.element}" if one.element else ""
    return f"{one.kind}{place} · {one.survey.on:%Y-%m-%d}"
