"""Readers of files others made: bytes in, plain rows and doubts out; nothing of the database."""
