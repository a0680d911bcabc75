"""Floor 3: screens and acts that span stages."""
