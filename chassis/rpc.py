"""gRPC between services: a server with health and reflection, and channels with deadline, token and named errors."""

import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any

import grpc
import jwt
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from chassis import errors
from chassis.secrets import derive
from chassis.settings import Settings
from chassis.telemetry import log, request_id

DEADLINE_S = 5.0
TOKEN_TTL_S = 60
_TOKEN_HEADER = "portico-service"  # noqa: S105 (the name of a header)
# Tokens remembered as checked: those of a few services, each for the minute that it lives.
_MAX_CHECKED = 64

_STATUS: list[tuple[type[errors.PorticoError], grpc.StatusCode]] = [
    (errors.Unauthenticated, grpc.StatusCode.UNAUTHENTICATED),
    (errors.Forbidden, grpc.StatusCode.PERMISSION_DENIED),
    (errors.NotFound, grpc.StatusCode.NOT_FOUND),
    (errors.Conflict, grpc.StatusCode.FAILED_PRECONDITION),
    (errors.PreconditionFailed, grpc.StatusCode.ABORTED),
    (errors.RateLimited, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (errors.Failed, grpc.StatusCode.INTERNAL),
    (errors.Unavailable, grpc.StatusCode.UNAVAILABLE),
    (errors.PorticoError, grpc.StatusCode.INVALID_ARGUMENT),
]
_ERRORS: dict[grpc.StatusCode, type[errors.PorticoError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: errors.Invalid,
    grpc.StatusCode.UNAUTHENTICATED: errors.Unauthenticated,
    grpc.StatusCode.PERMISSION_DENIED: errors.Forbidden,
    grpc.StatusCode.NOT_FOUND: errors.NotFound,
    grpc.StatusCode.FAILED_PRECONDITION: errors.Conflict,
}
_RETRY = (
    '{"methodConfig":[{"name":[{}],"retryPolicy":{"maxAttempts":3,"initialBackoff":"0.05s",'
    '"maxBackoff":"0.5s","backoffMultiplier":3,"retryableStatusCodes":["UNAVAILABLE"]}}]}'
)

# Registers a servicer with a server: what `add_XServicer_to_server` and the servicer give together.
Registration = tuple[Callable[[Any, Any], None], Any, str]


class ServiceToken:
    """The short-lived token that one service shows another; whoever knows the master secret can make one."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._key = derive(settings.secret, "grpc")
        self._service = service
        self._token, self._renew_at = "", 0.0
        self._checked: dict[str, float] = {}

    def current(self) -> str:
        """A token with at least half its time to live."""
        now = time.time()
        if now >= self._renew_at:
            claims = {"iss": self._service, "iat": int(now), "exp": int(now) + TOKEN_TTL_S}
            self._token = jwt.encode(claims, self._key, algorithm="HS256")
            self._renew_at = now + TOKEN_TTL_S / 2
        return self._token

    def check(self, token: str) -> bool:
        """Whether the token was made with our secret and has not ended."""
        if time.time() < self._checked.get(token, 0):
            return True
        try:
            claims = jwt.decode(token, self._key, algorithms=["HS256"], options={"require": ["exp", "iss"]}, leeway=5)
        except jwt.PyJWTError:
            return False
        if len(self._checked) >= _MAX_CHECKED:
            self._checked.clear()
        self._checked[token] = float(claims["exp"])
        return True


class _Guarded:
    """A server as registrations see it: what they add refuses calls without a service token, and tells our errors.

    Not an interceptor: that would be asked anew, and build the same wrapper again, for every call.
    """

    def __init__(self, server: grpc.aio.Server, token: ServiceToken) -> None:
        self._server, self._token = server, token

    def add_generic_rpc_handlers(self, handlers: object) -> None:
        """Nothing: generated code registers the same methods by their names as well."""

    def add_registered_method_handlers(self, service: str, handlers: dict[str, Any]) -> None:
        """Add the methods of a service."""
        guarded = {name: self._guard(handler) for name, handler in handlers.items()}
        self._server.add_registered_method_handlers(service, guarded)

    def _guard(self, handler: Any) -> Any:
        if handler.response_streaming:
            return self._guard_stream(handler)
        inner: Callable[[Any, Any], Awaitable[Any]] = handler.unary_unary

        async def call(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> Any:
            await self._let_in(context)
            try:
                return await inner(request, context)
            except (errors.PorticoError, ValueError) as error:
                await _tell(error, context)

        return grpc.unary_unary_rpc_method_handler(
            call,
            request_deserializer=handler.request_deserializer,
            response_serializer=handler.response_serializer,
        )

    def _guard_stream(self, handler: Any) -> Any:
        inner: Callable[[Any, Any], AsyncGenerator[Any, None]] = handler.unary_stream

        async def call(request: Any, context: grpc.aio.ServicerContext[Any, Any]) -> AsyncIterator[Any]:
            await self._let_in(context)
            try:
                async with aclosing(inner(request, context)) as parts:
                    async for part in parts:
                        yield part
            except (errors.PorticoError, ValueError) as error:
                await _tell(error, context)

        return grpc.unary_stream_rpc_method_handler(
            call,
            request_deserializer=handler.request_deserializer,
            response_serializer=handler.response_serializer,
        )

    async def _let_in(self, context: "grpc.aio.ServicerContext[Any, Any]") -> None:
        metadata = dict(context.invocation_metadata() or ())
        if not self._token.check(str(metadata.get(_TOKEN_HEADER, ""))):
            await context.abort(grpc.StatusCode.UNAUTHENTICATED, "service token missing or ended")
        request_id.set(str(metadata.get("request-id", "")))


async def _tell(error: Exception, context: "grpc.aio.ServicerContext[Any, Any]") -> None:
    if isinstance(error, errors.PorticoError):
        status = next(status for kind, status in _STATUS if isinstance(error, kind))
        await context.abort(status, error.detail)
    await context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))


class RpcServer:
    """The gRPC side of one service, in the event loop of its REST side."""

    def __init__(self, settings: Settings, service: str, registrations: Sequence[Registration]) -> None:
        self._settings, self._service, self._registrations = settings, service, registrations
        self._server: grpc.aio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen on the configured port (0 takes a free one; `port` tells which)."""
        server = grpc.aio.server(
            options=[("grpc.so_reuseport", 0), ("grpc.max_receive_message_length", 16 * 1024**2)],
        )
        guarded = _Guarded(server, ServiceToken(self._settings, self._service))
        names = [reflection.SERVICE_NAME, health.SERVICE_NAME]
        checks = health.aio.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(checks, server)
        for add, servicer, name in self._registrations:
            add(servicer, guarded)
            names.append(name)
            await checks.set(name, health_pb2.HealthCheckResponse.SERVING)
        reflection.enable_server_reflection(names, server)
        self.port = server.add_insecure_port(f"{self._settings.bind}:{self._settings.rpc_port}")
        await server.start()
        self._server = server

    async def stop(self) -> None:
        """Finish calls under way, for at most five seconds."""
        if self._server:
            await self._server.stop(grace=5)


class Peers:
    """Channels to other services, made at first use and kept."""

    def __init__(self, settings: Settings, service: str) -> None:
        self._settings = settings
        self._token = ServiceToken(settings, service)
        self._channels: dict[str, grpc.aio.Channel] = {}

    def channel(self, service: str) -> grpc.aio.Channel:
        """The channel to a service by its name."""
        if service not in self._channels:
            self._channels[service] = grpc.aio.insecure_channel(
                getattr(self._settings, f"{service}_rpc"),
                options=[
                    ("grpc.service_config", _RETRY),
                    ("grpc.keepalive_time_ms", 20_000),
                    ("grpc.keepalive_timeout_ms", 5_000),
                    ("grpc.max_reconnect_backoff_ms", 2_000),
                    ("grpc.initial_reconnect_backoff_ms", 100),
                    ("grpc.max_receive_message_length", 16 * 1024**2),
                ],
            )
        return self._channels[service]

    async def ask(self, method: Callable[..., Any], request: Any, *, deadline_s: float = DEADLINE_S) -> Any:
        """Call a stub's method; raises our own errors, Unavailable when the peer does not answer in time."""
        try:
            return await method(request, timeout=deadline_s, metadata=self._metadata())
        except grpc.aio.AioRpcError as error:
            raise _meaning(error) from error

    async def stream(self, method: Callable[..., Any], request: Any, *, deadline_s: float) -> AsyncGenerator[Any, None]:
        """The parts of a stub's streaming method, read no faster than they are asked for; raises as `ask`.

        Whoever does not read to the end closes it.
        """
        call = method(request, timeout=deadline_s, metadata=self._metadata())
        try:
            async for part in call:
                yield part
        except grpc.aio.AioRpcError as error:
            raise _meaning(error) from error
        finally:
            call.cancel()

    def _metadata(self) -> tuple[tuple[str, str], ...]:
        return ((_TOKEN_HEADER, self._token.current()), ("request-id", request_id.get()))

    async def close(self) -> None:
        """Close every channel."""
        for channel in self._channels.values():
            await channel.close()


def _meaning(error: grpc.aio.AioRpcError) -> errors.PorticoError:
    kind = _ERRORS.get(error.code())
    if kind is None:
        log.warning("peer_failed", status=str(error.code()), detail=error.details())
        return errors.Unavailable()
    return kind(error.details())
