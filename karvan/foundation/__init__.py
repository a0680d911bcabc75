"""Floor 1: what every stage stands on."""
