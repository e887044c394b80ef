"""Panels of a page, found with OpenCV and NumPy alone: no weights, no download.

Comics are laid out in tiers that are parted by straight gutters.  The detector labels pixels by tone
(`paper`), finds straight lines (`lines`), takes every line as a candidate for a gutter (`gutters`), and cuts
the page along the best one, then the pieces, until no piece has a convincing gutter left (`cuts`, `layout`).
What is drawn on a piece (`frames`) is a panel, or several if paper alone parts them (`spacing`), and may hold
others (`insets`); its edges are put where the drawing begins (`refinement`).
"""

from models.panel_detector.detector import OpenCvPanelDetector

__all__ = ["OpenCvPanelDetector"]
