"""Pages that show the same picture, found by their perceptual hashes."""
