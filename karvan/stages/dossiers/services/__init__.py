"""What people do to dossiers. One function, one act, one transaction; one file a room."""
