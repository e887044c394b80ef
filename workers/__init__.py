"""Celery: ids in, stages run.  The ledger in Postgres is the truth, the broker only carries book ids."""
