"""Stage 4: the call. In: an activity and its form. Out: applications with receipts."""
