"""Stage 11: bodies that sit, papers that are read, titles that are given. In: parties, applications, timetables. Out: resolutions, proceedings, titles, commitments."""
