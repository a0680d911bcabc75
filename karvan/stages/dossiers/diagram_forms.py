"""Forms of blocks and links."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .diagram_queries import blocks_in
from .models import Block, BlockLink, Dossier
from .services.diagram import LinkSaid


class BlockForm(forms.Form):
    """One block."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput({"dir": "auto"}))
    kind = forms.ChoiceField(label=_("Kind"), choices=Block.Kind.choices)
    side = forms.ChoiceField(label=_("Side"), choices=Block.Side.choices, initial="none")
    inferred = forms.BooleanField(
        label=_("Inferred: no step of the teardown shows it"), required=False
    )


class LinkForm(forms.Form):
    """One link between two blocks of the dossier."""

    source = forms.TypedChoiceField(label=_("From"), coerce=int)
    target = forms.TypedChoiceField(label=_("To"), coerce=int)
    flow = forms.ChoiceField(label=_("What flows"), choices=BlockLink.Flow.choices)
    medium = forms.CharField(
        label=_("Medium"),
        help_text=_("Such as cable, air, light, I²C."),
        max_length=80,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )
    nominal = forms.DecimalField(
        label=_("Nominal value"), max_digits=18, decimal_places=6, required=False
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=24, required=False, widget=forms.TextInput({"dir": "ltr"})
    )
    crosses_isolation = forms.BooleanField(label=_("Crosses the isolation"), required=False)
    barrier = forms.CharField(
        label=_("Barrier"),
        help_text=_("What isolates, such as an optocoupler or a transformer."),
        max_length=120,
        required=False,
        widget=forms.TextInput({"dir": "auto"}),
    )

    def __init__(self, data: Any = None, *, dossier: Dossier, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [(one.pk, one.name) for one in blocks_in(dossier)]
        for name in ("source", "target"):
            self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def said(self) -> LinkSaid:
        """What ``link_blocks`` and ``change_link`` take."""
        return LinkSaid(**self.cleaned_data)


def link_values(link: BlockLink) -> dict[str, Any]:
    """What the form of a link that is there begins with."""
    plain = ("flow", "medium", "nominal", "unit", "crosses_isolation", "barrier")
    values = {name: getattr(link, name) for name in plain}
    return {**values, "source": link.source_id, "target": link.target_id}


def block_values(block: Block) -> dict[str, Any]:
    """What the form of a block that is there begins with."""
    return {name: getattr(block, name) for name in ("name", "kind", "side", "inferred")}
