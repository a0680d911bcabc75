"""Stage 2: the programme as designed, country-free. In: commitments. Out: published blueprint versions."""
