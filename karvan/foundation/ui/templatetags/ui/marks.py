"""Components within a line: state, badge, name, date, number, text in several languages."""

from __future__ import annotations

from django import template

from karvan.foundation.ui import marks

register = template.Library()

for tag in (marks.state, marks.badge, marks.name, marks.when):
    register.simple_tag(tag)
for words in (
    marks.number,
    marks.percent,
    marks.money,
    marks.local,
    marks.local_lang,
    marks.in_one,
    marks.own_language,
    marks.language_direction,
):
    register.filter(words)
