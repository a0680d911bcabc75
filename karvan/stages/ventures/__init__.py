"""Stage 10: what participants start. In: teams. Out: ventures, milestones, follow-ups."""
