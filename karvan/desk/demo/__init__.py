"""The demo world: an invented cast that lives through the real story. Fixed seed.

Every person is invented. Dates, places and figures marked with a source come from the
programme's published history; where the sources give none, the world says that it is
the demo's own.
"""
