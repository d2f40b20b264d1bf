"""The session of a browser: both tokens in cookies that no script can read and no other site can have sent."""

from datetime import datetime

from litestar.datastructures import Cookie

from anhuan_graphql.context import Context, now
from anhuan_tenants.identity.service.sign_in import Tokens

ACCESS = "anhuan_access"
"""Goes with every request of our pages; live connections and downloads cannot send headers."""
REFRESH = "anhuan_refresh"
"""Goes to the door of GraphQL alone."""
_PATHS = {ACCESS: "/", REFRESH: "/graphql"}


def keep(context: Context, pair: Tokens) -> None:
    """Both tokens into the browser, each for as long as it is good."""
    _set(context, ACCESS, pair.access_token, pair.access_expires_at)
    _set(context, REFRESH, pair.refresh_token, pair.refresh_expires_at)


def forget(context: Context) -> None:
    """Both out of it."""
    for name in _PATHS:
        _set(context, name, "", now())


def _set(context: Context, name: str, value: str, until: datetime) -> None:
    cookie = Cookie(
        key=name,
        value=value,
        path=_PATHS[name],
        max_age=max(int((until - now()).total_seconds()), 0),
        httponly=True,
        secure=context.house.settings.public_url.startswith("https:"),
        samesite="strict",
    )
    context.after_answer.append(lambda response: response.set_cookie(cookie))
