"""Course timetables by curricula: the track 3 of ITC-2007."""
