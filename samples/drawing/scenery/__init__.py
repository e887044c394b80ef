"""Backgrounds: one function a place, drawn in the colours of a mood."""
