"""Stage 13: what people earned, verifiable. In: completion, milestones. Out: certificates and signed credentials."""
