"""Stage 14: what the partners get. In: everything before. Out: ledgers, boards, indicators, reports."""
