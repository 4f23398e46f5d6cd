"""The mail server: connects, greets and logs in; sends nothing."""

import smtplib
import ssl
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from cli.checks.finding import Finding, good, wrong

SECONDS = 10
SUBJECT = "mail"
PORTS = {"smtp": 25, "smtps": 465}


def check_mail(environment: Mapping[str, str]) -> Finding:
    """PORTICO_SMTP_URL, or where mails go without one."""
    url = environment.get("PORTICO_SMTP_URL", "")
    if not url:
        if environment.get("PORTICO_ENV") == "production":
            mend = "Set it to smtp://user:password@host:587?starttls=true or smtps://..."
            return wrong(SUBJECT, "PORTICO_SMTP_URL is not set", mend)
        return good(SUBJECT, "kept for the page /dev/mailbox")
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        return wrong(SUBJECT, "PORTICO_SMTP_URL is no address of a mail server", "smtp://host:port or smtps://host")
    where = f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"
    try:
        _greet(url)
    except smtplib.SMTPAuthenticationError:
        return wrong(SUBJECT, f"{where} refuses user and password", "Correct them in PORTICO_SMTP_URL (%-encoded).")
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        return wrong(SUBJECT, f"{where}: {error}", "Is the server reachable, and the kind of TLS right?")
    return good(SUBJECT, where)


def _greet(url: str) -> None:
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    tls = ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=tls)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    with connection as server:
        if parse_qs(parts.query).get("starttls") == ["true"]:
            server.starttls(context=tls)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.noop()
