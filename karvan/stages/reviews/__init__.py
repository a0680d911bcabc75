"""Stage 5: reading and marking. In: applications. Out: reviews by rubric."""
