"""Zarr snapshots: what the database holds at one instant, as a store that training reads."""
