"""Named reads that span stages."""
