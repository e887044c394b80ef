"""The database rooms: the only ones that speak SQL."""
