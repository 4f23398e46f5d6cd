"""Limit of B5: Typst alone on the sheet in WORKSPACE/sheet.json; `python -m bench.limits.papers PORT WORKSPACE`."""

import sys
from pathlib import Path

import typst
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.limits.serving import serve
from services.billing.papers.printing import TEMPLATES


def sheet_file(number: int) -> str:
    """Where in the workspace a sheet lies."""
    return f"sheet-{number}.json"


def make_app(workspace: Path) -> Starlette:
    """The application: one warm compiler, in the process that answers."""
    compiler = typst.Compiler(root=TEMPLATES, font_paths=typst.Fonts())

    async def paper(request: Request) -> Response:
        data = (workspace / sheet_file(int(request.query_params["number"]))).read_text()
        pdf = compiler.compile(input=TEMPLATES / "sheet.typ", sys_inputs={"data": data}, format="pdf")
        return Response(pdf, media_type="application/pdf")

    return Starlette(routes=[Route("/limit/papers", paper)])


if __name__ == "__main__":
    serve(make_app(Path(sys.argv[2])), int(sys.argv[1]))
