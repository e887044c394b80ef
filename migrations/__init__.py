"""Alembic migrations: tables only; functions and views live in sql/ and are re-applied at head."""
