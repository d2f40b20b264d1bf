"""The scheduler, mortal at one moment."""

import sys

from anhuan_graphql import scheduler
from tests.faults import windows

if __name__ == "__main__":
    windows.watch()
    sys.exit(scheduler.main())
