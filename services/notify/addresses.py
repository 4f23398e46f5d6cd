"""Which addresses webhooks may go to: one parser for registration and sending, and the ranges that are not public.

Ranges: IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates).
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from chassis.errors import FieldError, Invalid

MAX_URL_LENGTH = 2048
DEFAULT_PORTS = {"http": 80, "https": 443}

_REFUSED_V4 = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's wire server: looks public, answers inside a machine only
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
    )
)
# Only global unicast may pass: that leaves out loopback, mapped, NAT64 (64:ff9b::/96), unique local, multicast.
_GLOBAL_V6 = ip_network("2000::/3")
_REFUSED_V6 = tuple(
    ip_network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address within
        "3ffe::/16",
        "3fff::/20",
    )
)
_LOCAL_SUFFIXES = tuple(f".{name}" for name in ("localhost", "local", "internal", "intranet", "lan", "home.arpa"))
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*")
_UNSEEMLY = re.compile(r"[\x00-\x20\x7f\\]")
_NUMERIC_LABEL = re.compile(r"\d+|0x[0-9a-f]*")


class AddressRefused(Invalid):
    """The address is not one that webhooks may go to."""


@dataclass(frozen=True, slots=True)
class Address:
    """An http(s) address in its one normal spelling; `host` is ASCII without brackets, `target` path and query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port, as in a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_address(url: str) -> Address:
    """The address in its normal spelling; raises `AddressRefused` for what is not plainly an http(s) address."""
    if len(url) > MAX_URL_LENGTH:
        raise refused(f"The address is longer than {MAX_URL_LENGTH} characters.")
    if _UNSEEMLY.search(url):
        raise refused("The address holds a space, a control character or a backslash.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refused("This is not an address.") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise refused("The address must start with https:// or http:// and name a host.")
    if "@" in parts.netloc:
        raise refused("The address must not hold a user name or password; check the signature instead.")
    if parts.fragment:
        raise refused("The address must not have a part after #.")
    if port == 0:
        raise refused("Port 0 cannot be reached.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else ""
    return Address(parts.scheme, _normal_host(parts.hostname), port or DEFAULT_PORTS[parts.scheme], path + query)


def is_public(address: str) -> bool:
    """Whether an IP address, in its canonical spelling, belongs to the public internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _REFUSED_V4)
    return ip in _GLOBAL_V6 and not any(ip in network for network in _REFUSED_V6)


def is_public_host(host: str) -> bool:
    """Whether a host may be public as far as its spelling tells: a public IP address, or no local name."""
    if ":" in host or host.replace(".", "").isdigit():
        return is_public(host)
    return "." in host and not host.endswith(_LOCAL_SUFFIXES)


def _normal_host(host: str) -> str:
    if ":" in host:
        return _normal_v6(host)
    if not host.isascii():
        host = _to_ascii(host)
    host = host.lower().removesuffix(".")
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise refused("The host's name is not a valid one.")
    if _NUMERIC_LABEL.fullmatch(host.rpartition(".")[2]):
        return _normal_v4(host)
    return host


def _normal_v4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except ValueError as error:
        # `127.1`, `0x7f.1` and `2130706433` are addresses to some programs; a webhook has no need of them.
        raise refused("Write the IP address as four decimal numbers.") from error


def _normal_v6(host: str) -> str:
    try:
        address = IPv6Address(host)
    except ValueError as error:
        raise refused("The IPv6 address is not a valid one.") from error
    if address.scope_id:
        raise refused("The IPv6 address must not name a network interface.")
    return str(address)


def _to_ascii(host: str) -> str:
    import idna  # large tables, needed for few addresses

    try:
        return idna.encode(host, uts46=True).decode()
    except idna.IDNAError as error:
        raise refused("The host's name is not a valid one.") from error


def refused(message: str) -> AddressRefused:
    """The refusal of an address, as an error of the field `url`."""
    return AddressRefused(message, errors=[FieldError("url", message)])
