"""What can be declined about checklists."""

from collections.abc import Sequence
from dataclasses import dataclass

from anhuan_infra.errors import Refused, Words


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a checklist, or with answers to it, and where."""

    place: str
    """Code of the item or section; empty for the list itself."""
    row: int
    """Number of the item in the list, or of the row in the file that it came from; 0 where there is none."""
    code: str
    reason: Words


class ChecklistUnfit(Refused):
    """This checklist cannot be used: {place} {reason} ({count} faults in all)."""

    code = "CHECKLIST_UNFIT"
    zh = "检查表不可用：{place} {reason}（共 {count} 处问题）。"

    def __init__(self, faults: Sequence[Fault], *, path: str | None = None) -> None:
        """The first fault is said; all of them are in `faults`."""
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(path=path, place=first.place or "—", reason=first.reason, count=len(self.faults))


class ChecklistRetired(Refused):
    """The checklist {checklist} is retired; copy it, or publish a new version of it."""

    code = "CHECKLIST_RETIRED"
    zh = "检查表 {checklist} 已停用，可复制或发布新版本。"


class ChecklistCodeTaken(Refused):
    """There is already a checklist with the code {checklist}."""

    code = "CHECKLIST_CODE_TAKEN"
    zh = "编号为 {checklist} 的检查表已存在。"


class ChecklistMoved(Refused):
    """Somebody else changed this draft in the meantime; look at it again and then save."""

    code = "CHECKLIST_MOVED"
    zh = "该草稿已被他人修改，请重新查看后再保存。"


class FormUnreadable(Refused):
    """The file is no form that can be taken: {reason}"""

    code = "FORM_UNREADABLE"
    zh = "该文件不是可导入的表单：{reason}"
