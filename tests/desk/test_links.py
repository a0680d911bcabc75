"""The table of links: every line leads somewhere."""

import pytest
from django.urls import reverse

from karvan.desk.links import LINKS, link

VALUES = {"pk": 1, "number": 1, "year": 2024}


@pytest.mark.parametrize("name", sorted(LINKS))
def test_link_resolves(name):
    arguments = {key: VALUES.get(key, "x") for key in LINKS[name]}

    assert link(name, **arguments) == reverse(name, kwargs=arguments) != ""


@pytest.mark.parametrize("arguments", [{}, {"slug": "x"}, {"edition": "x", "pk": 1}])
def test_link_with_other_arguments_is_refused(arguments):
    with pytest.raises(ValueError, match="no link 'calls:edition'"):
        link("calls:edition", **arguments)


def test_link_that_is_not_in_the_table_is_refused():
    with pytest.raises(ValueError, match="no link 'nowhere'"):
        link("nowhere")
