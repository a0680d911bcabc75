"""Addresses of the room registers."""

from __future__ import annotations

from django.urls import URLPattern, path, register_converter
from django.urls.converters import SlugConverter

from ..services.registers import RESERVED
from ..views import registers, registers_elements, registers_monuments, registers_public


class RegisterCode(SlugConverter):
    """The code of a register: a slug that is no address of something else in this stage."""

    regex = rf"(?!(?:{'|'.join(RESERVED)})/)[-a-zA-Z0-9_]+"


register_converter(RegisterCode, "register_code")

REGISTER = "heritage/<register_code:register>/"
MONUMENT = f"{REGISTER}monuments/<int:pk>/"
PARTS = f"{MONUMENT}parts/"
PUBLIC = "monuments/"

urlpatterns: list[URLPattern] = [
    path("heritage/", registers.registers, name="registers"),
    path("heritage/new/", registers.register_new, name="register_new"),
    path(REGISTER, registers.register, name="register"),
    path(f"{REGISTER}change/", registers.register_change, name="register_change"),
    path(f"{REGISTER}monuments/new/", registers_monuments.monument_new, name="monument_new"),
    path(MONUMENT, registers_monuments.monument, name="monument"),
    path(f"{MONUMENT}change/", registers_monuments.monument_change, name="monument_change"),
    path(f"{MONUMENT}statuses/new/", registers_monuments.status_new, name="status_new"),
    path(f"{MONUMENT}statuses/<int:status>/", registers_monuments.status_change, name="status_change"),
    path(f"{MONUMENT}statuses/<int:status>/remove/", registers_monuments.status_remove, name="status_remove"),
    path(PARTS, registers_elements.elements, name="elements"),
    path(f"{PARTS}<int:element>/", registers_elements.element, name="element"),
    path(f"{PARTS}<int:element>/move/", registers_elements.element_move, name="element_move"),
    path(f"{PARTS}<int:element>/remove/", registers_elements.element_remove, name="element_remove"),
    path(PUBLIC, registers_public.public_registers, name="public_registers"),
    path(f"{PUBLIC}<slug:register>/", registers_public.public_register, name="public_register"),
    path(f"{PUBLIC}<slug:register>/<int:pk>/", registers_public.public_monument, name="public_monument"),
]  # fmt: skip
