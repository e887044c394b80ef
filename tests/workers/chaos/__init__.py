"""A library processed by workers while they and their servers are killed, stopped and restarted at random."""
