"""Stage 3: a blueprint in one country. In: a published version. Out: activities with dates, partners, departures."""
