"""Days before months, as in every other sentence of the pages."""

DATE_FORMAT = "j F Y"
