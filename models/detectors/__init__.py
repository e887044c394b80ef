"""Panel detectors that people bring: detections in a file, a Faster R-CNN checkpoint, a model of the hub."""

from models.detectors.choosing import OFFLINE, load_detector

__all__ = ["OFFLINE", "load_detector"]
