"""What keeps the web app local: Host, method and fetch metadata are checked, answers carry a strict policy."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Safety:
    """ASGI middleware. A request that names another host is a DNS-rebinding attempt and gets 400.

    Only reading is offered: other methods get 405. Another site may link to a page, but not load one into its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused = self._refused(scope["method"], Headers(scope=scope))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await (refused or self.app)(scope, receive, send_with_headers)

    @staticmethod
    def _refused(method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "").lower()
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name not in LOOPBACK:
            return PlainTextResponse("This app answers only to 127.0.0.1 and localhost.\n", 400)
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("Only reading is offered here.\n", 405, {"Allow": "GET, HEAD"})
        foreign = headers.get("sec-fetch-site") in ("cross-site", "same-site")
        if foreign and headers.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("Pages of this app cannot be loaded into another site.\n", 403)
        return None
