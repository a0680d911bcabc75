"""Stage 6: from marks to a cohort. In: reviews, quotas. Out: decisions, offers, a waiting list."""
