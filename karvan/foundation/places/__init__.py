"""Countries, their working weeks, holidays and calendars."""
