"""Karvan runs a cooperation programme from the meeting where it is agreed to its results."""
