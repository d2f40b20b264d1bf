"""The store and the inspector of this process: set once at its start, used by the room's verbs and jobs."""

from anhuan_infra.evidence.inspector import Inspector
from anhuan_infra.evidence.store import Store


class NotEquipped(RuntimeError):
    """This process was started without an object store."""


_tools: dict[str, object] = {}


def equip(store: Store, inspector: Inspector) -> None:
    """Give this process its tools; called by the app and the worker at their start."""
    _tools.update(store=store, inspector=inspector)


def store() -> Store:
    """The object store."""
    found = _tools.get("store")
    if not isinstance(found, Store):
        raise NotEquipped
    return found


def inspector() -> Inspector:
    """The inspector, whose cells belong to this process's event loop."""
    found = _tools.get("inspector")
    if not isinstance(found, Inspector):
        raise NotEquipped
    return found
