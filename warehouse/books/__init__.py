"""Books: from a path to an opened book with its pages in order, pixels and metadata.  No database here."""
