"""The outbox: letters in four languages, previewed, held or sent, never twice."""
