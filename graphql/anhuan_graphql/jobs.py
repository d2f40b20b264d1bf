"""Every room's jobs: found and imported, so that a name put off anywhere has its function here."""

import importlib
import pkgutil

import anhuan_platform
import anhuan_portal
import anhuan_tenants

WINGS = (anhuan_tenants, anhuan_platform, anhuan_portal)


def load() -> None:
    """Import every table and each room's `jobs.py`; safe to call twice. A room is enlisted by having the file.

    Some tables alone would not do: a foreign key into a room that nobody imported breaks the first flush.
    """
    importlib.import_module("anhuan_graphql.tables")
    for wing in WINGS:
        for module in pkgutil.walk_packages(wing.__path__, f"{wing.__name__}."):
            if module.name.endswith(".jobs"):
                importlib.import_module(module.name)
