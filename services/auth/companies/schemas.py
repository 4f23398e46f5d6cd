"""Bodies and answers about companies."""

from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from chassis.schemas import Email, Input, Name, Output, Patch, Timestamp

COMPANY_EXAMPLE: dict[str, Any] = {
    "id": "0199f1e2-7b31-7a44-8c1e-5d2f6a7b8c90",
    "number": 1,
    "name": "Okafor Ceramics",
    "clients": 2,
    "createdAt": "2026-03-01T09:30:00.000Z",
    "updatedAt": "2026-03-01T09:30:00.000Z",
}


class CompanyCreate(Input):
    """A new company."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Okafor Ceramics"}})

    name: Name


class CompanyUpdate(Patch):
    """Another name."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Okafor & Daughters"}})

    name: Name = Field(default_factory=str)


class CompanyClientCreate(Input):
    """A new client of a company; without an e-mail address they are told of by phone, or not at all."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Mira Okafor", "email": "mira@okafor.example"}})

    name: Name
    email: Email | None = None


class CompanyPublic(Output):
    """A company; `clients` is how many belong to it."""

    model_config = ConfigDict(json_schema_extra={"example": COMPANY_EXAMPLE})

    id: UUID
    number: int
    name: str
    clients: int
    created_at: Timestamp
    updated_at: Timestamp


class CompanyDeleted(Output):
    """The company is no more."""

    model_config = ConfigDict(json_schema_extra={"example": {"id": COMPANY_EXAMPLE["id"], "deleted": True}})

    id: UUID
    deleted: bool = True
