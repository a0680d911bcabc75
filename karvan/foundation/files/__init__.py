"""Uploads: checked by content, bounded, hashed, stripped of place, served through access checks."""
