"""Comic warehouse: books in, rows and vectors in Postgres, questions answered in SQL."""

__version__ = "0.1.0"
