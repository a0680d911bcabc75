"""Stage 12: monuments, their condition and their restoration. In: projects and those trained on them. Out: before and after, supervised hours."""
