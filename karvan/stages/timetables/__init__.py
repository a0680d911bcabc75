"""Stage 7: when, where, with whom. In: sessions, rooms, trainers. Out: published timetables."""
