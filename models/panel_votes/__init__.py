"""Panels of a page, found by a small network of our own in which every place votes for its panel."""

from models.panel_votes.detector import VotingPanelDetector

__all__ = ["VotingPanelDetector"]
