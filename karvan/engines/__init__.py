"""Floor 0: pure Python engines, usable without the platform."""
