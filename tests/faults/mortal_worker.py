"""The worker, mortal at one moment: importing this, as Dramatiq's command line does, makes the product's own worker."""

from tests.faults import windows

windows.watch()

# The moments must be in place before the broker is made.
from anhuan_graphql.worker import broker

__all__ = ["broker"]
