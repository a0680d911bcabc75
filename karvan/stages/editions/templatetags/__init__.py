"""Template tags of editions."""
