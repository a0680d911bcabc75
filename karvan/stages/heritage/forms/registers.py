"""What is typed of a register, a monument, a legal status, a part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from karvan.foundation.places.models import Country
from karvan.foundation.texts import languages
from karvan.foundation.ui.texts_field import TextsField

from ..models import Element, Monument, Register
from ..reading.lists import entry_text
from ..reading.years import years_of
from .registers_fields import (
    CountriesField,
    LinesField,
    ListsField,
    PlaceField,
    ShapeField,
    ValuesField,
    YearField,
)

AUTO = {"dir": "auto"}


def text(label: Any, most: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    """A line of text in whichever direction it is typed."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.TextInput(AUTO),
    )


class RegisterForm(forms.Form):
    """A register; its code can be chosen only when it is new."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        validators=[validate_slug],
        help_text=_("Stands in its address, such as “az”. It cannot be changed later."),
        widget=forms.TextInput({"dir": "ltr"}),
    )
    names = TextsField(label=_("Name"))
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), required=False
    )
    source = text(_("Source"), 300)
    licence = text(_("Licence"), 80)
    rounding_km = forms.IntegerField(
        label=_("Kilometres to which places in danger of looting are rounded in public"),
        min_value=1,
        max_value=100,
        initial=10,
    )
    is_public = forms.BooleanField(label=_("Open to the public"), required=False, initial=True)

    def __init__(self, *args: Any, register: Register | None = None, **options: Any) -> None:
        if register is not None:
            options.setdefault(
                "initial", {name: getattr(register, name) for name in self.base_fields}
            )
        super().__init__(*args, **options)
        self.fields["country"].queryset = Country.objects.order_by("code")  # type: ignore[attr-defined]
        if register is not None:
            del self.fields["code"]


class MonumentForm(forms.Form):
    """Everything the register says of one monument."""

    national_id = text(_("Number in the register"), 60, required=True)
    names = TextsField(label=_("Name"))
    aka = LinesField(label=_("Also called"), hint=_("One name a line, in any script."))
    kind = text(_("Type"), 120, hint=_("Such as mosque, caravanserai, rock carvings."))
    importance = forms.ChoiceField(
        label=_("Importance"), choices=Monument.Importance, initial="unknown"
    )
    texts = TextsField(label=_("Description"), rows=4, max_length=8000, required=False)
    date_text = text(
        _("Date"), 200, hint=_("As it is known: “12th century”, “c. 1230”, “5th century BCE”.")
    )
    year_from = YearField(label=_("From year"), hint=_("“-500” or “500 BCE” before our era. Left empty, it is read out of the date."))  # fmt: skip
    year_to = YearField(label=_("Until year"))
    builder = text(_("Builder"), 200)
    country = forms.ModelChoiceField(
        label=_("Country"), queryset=Country.objects.none(), required=False
    )
    countries = CountriesField(label=_("States, where several"))
    adm1 = text(_("Region"), 120)
    adm2 = text(_("District"), 120)
    address = text(_("Address"), 300)
    place = PlaceField(label=_("Latitude and longitude"))
    shape = ShapeField(label=_("Outline"))
    certainty = text(_("How sure the place is"), 60)
    is_at_risk_of_looting = forms.BooleanField(
        label=_("Looting is a danger: the public sees the place rounded and no address"),
        required=False,
    )
    materials = ValuesField(label=_("Materials"), hint=_("Told apart by semicolons."))
    owner = text(_("Owner"), 200)
    use = text(_("Use"), 200)
    whs_id = text(_("World Heritage number"), 20)
    lists = ListsField(label=_("Lists it stands on"))
    commons = text(_("Commons category"), 200)
    source = text(_("Source"), 300)
    retrieved_on = forms.DateField(
        label=_("Retrieved"), required=False, widget=forms.DateInput({"type": "date"})
    )

    GROUPS = (
        (_("What it is"), ("national_id", "names", "aka", "kind", "importance", "texts")),
        (_("When and by whom"), ("date_text", "year_from", "year_to", "builder")),
        (_("Where"), ("country", "countries", "adm1", "adm2", "address", "place", "shape", "certainty", "is_at_risk_of_looting")),
        (_("Its state"), ("materials", "owner", "use")),
        (_("Where it is listed"), ("whs_id", "lists", "commons", "source", "retrieved_on")),
    )  # fmt: skip

    def __init__(self, *args: Any, monument: Monument | None = None, **options: Any) -> None:
        if monument is not None:
            options.setdefault("initial", initial_of(monument))
        super().__init__(*args, **options)
        self.monument = monument
        self.fields["country"].queryset = Country.objects.order_by("code")  # type: ignore[attr-defined]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields by what they are about."""
        return [(title, [self[name] for name in names]) for title, names in self.GROUPS]

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        for name in ("names", "texts"):
            if name in typed:
                typed[name] = {**self._other_languages(name), **typed[name]}
        place, shape = typed.pop("place", None), typed.pop("shape", None)
        if shape and not place:
            place = shape
        typed["latitude"] = place.latitude if place else None
        typed["longitude"] = place.longitude if place else None
        typed["geometry"] = shape.geometry if shape else None
        first, last = typed.get("year_from"), typed.get("year_to")
        if first is not None and last is not None and first > last:
            self.add_error("year_to", _now("This year lies before the first one."))
        if first is None and last is None and "date_text" in typed:
            typed["year_from"], typed["year_to"] = years_of(typed["date_text"]) or (None, None)
        return typed

    def _other_languages(self, name: str) -> dict[str, str]:
        """What the monument says in languages that this form does not ask for, such as Russian."""
        if self.monument is None:
            return {}
        texts: dict[str, str] = getattr(self.monument, name)
        return {code: text for code, text in texts.items() if code not in languages()}


class StatusForm(forms.Form):
    """A legal status with its days."""

    designation = text(_("Designation"), 200, required=True)
    authority = text(_("Authority or decision"), 200)
    starts_on = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"})
    )
    source = text(_("Source"), 300)


class ElementForm(forms.Form):
    """A part of a monument and where in the tree it hangs."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        validators=[validate_slug],
        help_text=_("Such as “south-facade”; surveys and works name the part by it."),
        widget=forms.TextInput({"dir": "ltr"}),
    )
    names = TextsField(label=_("Name"))
    kind = text(_("Kind"), 60, hint=_("Building, facade, bay, course, mural and so on."))
    material = text(_("Material"), 120)
    parent = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Element.objects.none(),
        required=False,
        empty_label=_("the monument itself"),
    )

    def __init__(
        self, *args: Any, monument: Monument, element: Element | None = None, **options: Any
    ) -> None:
        names = ("code", "names", "kind", "material", "parent")
        if element is not None:
            options.setdefault("initial", {name: getattr(element, name) for name in names})
        super().__init__(*args, **options)
        others = monument.elements.all()
        if element is not None:
            others = others.exclude(pk=element.pk)
        self.fields["parent"].queryset = others  # type: ignore[attr-defined]


def initial_of(monument: Monument) -> dict[str, Any]:
    """A monument as its form shows it."""
    plain = {
        name: getattr(monument, name)
        for name in MonumentForm.base_fields
        if hasattr(monument, name)
    }
    return {
        **plain,
        "aka": "\n".join(monument.aka),
        "materials": "; ".join(monument.materials),
        "countries": ", ".join(monument.countries),
        "lists": "\n".join(entry_text(one) for one in monument.lists),
        "place": ""
        if monument.latitude is None
        else f"{monument.latitude:.10g}, {monument.longitude:.10g}",
        "shape": ShapeField.shown(monument.geometry),
    }
