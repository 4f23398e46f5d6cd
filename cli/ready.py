"""`python -m cli.ready`: whether the service of this container is ready, for its health check."""

import os
import sys

from cli.embedded.probe import http_status

if __name__ == "__main__":
    sys.exit(0 if http_status(int(os.environ.get("PORTICO_HTTP_PORT", "8000")), "/readyz") == 200 else 1)
