"""REST of invitations."""

from fastapi import APIRouter

from chassis.http.unit import Router

router: APIRouter = Router(tags=["Client portal"])
