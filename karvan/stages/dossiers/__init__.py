"""Stage 9: devices taken apart, understood and redesigned. In: a workshop and its teams. Out: released dossiers."""
