"""The replica of a client: a copy that only moves forward."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field

from chassis.tables import Row, timestamp


class ClientReplica(Row, table=True):
    """A client as last heard of; `source_version` is auth's version of it, 0 when it was asked for."""

    __tablename__ = "clients"

    name: str
    email: str = ""
    company: str = ""
    source_version: int = Field(default=0, sa_type=BigInteger)
    deleted_at: datetime | None = timestamp()
