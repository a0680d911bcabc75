"""Pictures of the stage, as SVG text."""
