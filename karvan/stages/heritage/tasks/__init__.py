"""What the worker does for heritage when asked; one file a room."""
