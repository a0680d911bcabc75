"""Acts of the rooms of this stage; one file a room."""
