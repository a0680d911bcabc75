"""Rows that a given person may reach; one file a room, what several rooms need in ``reached``."""
