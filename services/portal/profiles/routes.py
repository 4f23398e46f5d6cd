"""REST of profiles."""

from fastapi import APIRouter

from chassis.http.unit import Router

router: APIRouter = Router(tags=["Portal profile"])
