"""Screens of dossiers; one file a room."""
