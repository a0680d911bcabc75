"""Typed text into values; one file a room."""
