"""Questions as data: one definition renders, validates and exports."""
