"""Design tokens, components and the page frame."""
