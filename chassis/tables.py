"""The row that every table class inherits, and the columns they are made of."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import declared_attr
from sqlmodel import Field, SQLModel

from chassis.ids import new_id


def _now() -> datetime:
    return datetime.now(UTC)


_METADATA: dict[str, MetaData] = {}


class Row(SQLModel):
    """A row of one agency; `version` grows with each change and guards against lost updates."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # One MetaData per service: two services may each have a table of the same name in their own databases.
        service = ".".join(cls.__module__.split(".")[:2])
        cls.metadata = _METADATA.setdefault(service, MetaData())
        super().__init_subclass__(**kwargs)

    agency_id: UUID = Field(primary_key=True)
    id: UUID = Field(default_factory=new_id, primary_key=True)
    version: int = Field(default=1)
    created_at: datetime = Field(default_factory=_now, sa_type=DateTime(timezone=True))  # type: ignore[call-overload]
    updated_at: datetime = Field(  # type: ignore[call-overload]
        default_factory=_now,
        sa_type=DateTime(timezone=True),
        sa_column_kwargs={"onupdate": _now},
    )

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def timestamp(**options: Any) -> Any:
    """A moment in UTC that may be missing."""
    return Field(default=None, sa_type=DateTime(timezone=True), **options)


def json_column(default_factory: Any = dict) -> Any:
    """A JSONB column."""
    column_type: Any = JSONB(none_as_null=True)  # a missing value is NULL, not the JSON word null
    return Field(default_factory=default_factory, sa_type=column_type)


class EnumText(TypeDecorator[StrEnum]):
    """A StrEnum kept as text."""

    impl = String
    cache_ok = True

    def __init__(self, states: type[StrEnum]) -> None:
        self.states = states
        super().__init__()

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """The text to store."""
        return None if value is None else str(self.states(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> StrEnum | None:
        """The state that was stored."""
        return None if value is None else self.states(value)


def enum_column(states: type[StrEnum], default: StrEnum | None = None, **options: Any) -> Any:
    """A state kept as text; the migration repeats the values in a CHECK constraint (see `one_of`)."""
    column_type: Any = EnumText(states)
    return Field(default=... if default is None else default, sa_type=column_type, **options)


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """The CHECK constraint that holds a column to the states of an enum."""
    values = ", ".join(f"'{state}'" for state in states)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_is_known")


def belongs_to(table: str, column: str, **options: Any) -> ForeignKeyConstraint:
    """The foreign key to another row of the same agency."""
    return ForeignKeyConstraint(["agency_id", column], [f"{table}.agency_id", f"{table}.id"], **options)
