"""Named reads; one file a room."""
