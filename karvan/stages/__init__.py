"""Floor 2: one app per stage, in pipeline order."""
