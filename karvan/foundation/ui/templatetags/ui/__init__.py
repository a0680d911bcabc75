"""The component library. A component is a function: its arguments are its props.

Django checks the arguments when the template is compiled, so a misspelt prop is an
error in a test, not a blank on a page. Loaded everywhere (TEMPLATES builtins); shown
with examples at /ui/.
"""

from __future__ import annotations

from django import template

from . import acts, blocks, charts, fields, lists, marks, pictures

register = template.Library()
for part in (acts, blocks, charts, fields, lists, marks, pictures):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
