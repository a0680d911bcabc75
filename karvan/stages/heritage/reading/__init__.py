"""Reading registers of monuments that others keep: any table, in any of many encodings, to rows
and doubts. Nothing here touches the database."""
