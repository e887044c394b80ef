"""Figures of merit: what was found on a page against what people say is on it."""
