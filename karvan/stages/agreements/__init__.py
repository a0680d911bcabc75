"""Stage 1: who agreed what with whom. In: meetings, agreements. Out: commitments."""
