"""Screens of this stage; one file a room."""
