"""Draws the sample library: three made-up series, two issues each, with exact ground truth."""
