"""Text that files beside a book say is on its pages."""
