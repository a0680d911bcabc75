"""Pictures of a dossier as SVG: marks on photographs and the block diagram. Plain values in, text out."""
