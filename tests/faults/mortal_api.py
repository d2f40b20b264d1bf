"""The API, mortal at one moment: what the server is told to run in place of the product's own."""

from litestar import Litestar

from anhuan_graphql import app
from tests.faults import windows


def create_app() -> Litestar:
    """The product's application, watched."""
    windows.watch()
    return app.create_app()
