"""Asked by hatchling at each build: a wheel without the web app must not come about unnoticed."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = Path("portal/anhuan_portal/web")
NEEDED = ("documents.json", "field/index.html", "portal/index.html", "console/index.html")


class WebAppIsBuilt(BuildHookInterface[Any]):
    """Refuses; an editable installation comes before the first build and may be without."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before anything is packed."""
        missing = [name for name in NEEDED if not (Path(self.root) / MADE / name).is_file()]
        if version != "editable" and missing:
            raise RuntimeError(
                f"the web app is not built: {', '.join(missing)} missing in {MADE}; run: make web"
                " / 网页应用尚未构建，请先运行 make web"
            )
