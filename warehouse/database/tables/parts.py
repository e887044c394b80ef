"""What every table is made with: names of constraints, ids, owners."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Identity,
    MetaData,
)

metadata = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "pk": "%(table_name)s_pkey",
    }
)


def id_column() -> Column[int]:
    return Column("id", BigInteger, Identity(always=True), primary_key=True, comment="the row's own number")


def owner_column(name: str, *, key: bool = False, index: bool = False, null: bool = False) -> Column[int]:
    """A foreign key called NAME_id to table NAME; its rows go with their owner."""
    return Column(
        f"{name}_id",
        BigInteger,
        ForeignKey(f"{name}.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=null,
        index=index,
        comment=f"the {name} it belongs to",
    )
