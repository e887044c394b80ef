"""Training pages for the detector of `models/panel_votes`, drawn at random, and its training."""
