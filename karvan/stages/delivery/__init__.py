"""Stage 8: what happened. In: accepted offers, a timetable. Out: attendance, coursework, feedback."""
