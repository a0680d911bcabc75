"""Floor 4: what wires the platform together."""
