"""Registers: one list engine for every table of rows. A view gives rows and columns.

    register = Register(request, rows, COLUMNS, name="applications", order=("-submitted_at",))
    if register.wants_file:
        return register.file()
    return render(request, "calls/applications.html", {"register": register})

and the template says ``{% register register %}``. Whatever the number of rows, showing a
page costs two queries (one of counts, one of rows) and a file costs one.
"""

from .columns import Column, Filter, Pick, Selection
from .register import Register

__all__ = ["Column", "Filter", "Pick", "Register", "Selection"]
