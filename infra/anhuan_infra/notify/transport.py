"""The httpx transport that connects to the address that was judged, and to no other."""

import ssl

import httpx

from anhuan_infra.notify.egress import Egress

_MOST_ADDRESSES = 3


class PinnedTransport(httpx.AsyncBaseTransport):
    """Resolve, judge, connect to the number; the name stays in Host, in SNI and in the check of the certificate.

    Connections are not kept: the pool would know them by their number alone, and two names on one number must not
    share a connection whose certificate was checked for the first.
    """

    def __init__(self, egress: Egress, *, trust: ssl.SSLContext | None = None) -> None:
        self._egress = egress
        self._inner = httpx.AsyncHTTPTransport(
            verify=trust or True, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send to the first judged address that can be connected to; `EgressRefused` before a single packet otherwise."""
        url = self._egress.check(str(request.url))
        host = url.raw_host.decode()
        port = url.port or {"http": 80, "https": 443}[url.scheme]
        headers = httpx.Headers(request.headers)
        headers["Host"] = url.netloc.decode()
        try:
            found = await self._egress.addresses(host, port)
        except OSError as error:
            raise httpx.ConnectError("the name could not be resolved", request=request) from error
        failed: httpx.TransportError | None = None
        for address in found[:_MOST_ADDRESSES]:
            try:
                return await self._inner.handle_async_request(
                    httpx.Request(
                        request.method,
                        url.copy_with(host=address),
                        headers=headers,
                        stream=request.stream,
                        extensions={**request.extensions, "sni_hostname": host},
                    )
                )
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:  # nothing was sent yet
                failed = error
        assert failed is not None
        raise failed

    async def aclose(self) -> None:
        """Close what is still open."""
        await self._inner.aclose()
