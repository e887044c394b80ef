"""Panels of a page, found with OpenCV and NumPy alone."""

from models.panel_detector.detector import OpenCvPanelDetector

__all__ = ["OpenCvPanelDetector"]
