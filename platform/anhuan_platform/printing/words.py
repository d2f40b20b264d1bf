"""The words on paper and in sheets, Chinese and English side by side, and moments on the company's clock. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

Words = Mapping[str, tuple[str, str]]

STATUS: Words = {
    "open": ("办理中", "Open"),
    "closed": ("已销号", "Closed"),
    "cancelled": ("已撤销", "Called off"),
}
STAGES_OF_THE_END: Words = {"closed": ("已归档", "Archived"), "cancelled": ("已撤销", "Called off")}
GRADES: Words = {"A": ("A 重大", "A grave"), "B": ("B 较大", "B serious"), "C": ("C 一般", "C general")}
RULES: Words = {
    "grading": ("上报后 1 小时内定级", "Grading within an hour of the report"),
    "dispatch.A": ("A 级派发时限", "Dispatch, grade A"),
    "dispatch.B": ("B 级派发时限", "Dispatch, grade B"),
    "dispatch.C": ("C 级派发时限", "Dispatch, grade C"),
    "plan.A": ("A 级整改方案时限", "Plan, grade A"),
    "control.B": ("B 级临时管控时限", "Interim control, grade B"),
    "approval.A": ("A 级方案审批时限", "Approval of the plan, grade A"),
    "approval.B": ("B 级方案审批时限", "Approval of the plan, grade B"),
    "grade.A": ("A 级整改时限", "Rectification, grade A"),
    "grade.B": ("B 级整改时限", "Rectification, grade B"),
    "grade.C": ("C 级整改时限", "Rectification, grade C"),
    "tier.workshop": ("车间级整改时限", "Rectification at workshop level"),
    "tier.branch": ("分厂级整改时限", "Rectification at branch level"),
    "tier.hq": ("总部级整改时限", "Rectification at headquarters level"),
    "review": ("验收时限（工作日）", "Review, working days"),
    "verification": ("现场验证时限（工作日）", "Verification on site, working days"),
}
"""The clocks of the shipped loop; a company's own rule is shown by its own name."""
OUTCOMES: Words = {
    "done": ("已完成", "Done"),
    "approved": ("通过", "Approved"),
    "rejected": ("退回", "Rejected"),
    "returned": ("完成后被退回", "Done, then sent back"),
    "cancelled": ("取消", "Cancelled"),
    "open": ("办理中", "Waiting"),
    "waiting": ("待前序签字", "Waiting for the one before"),
    "void": ("无需签字", "Not needed any more"),
}
DUTIES: Words = {
    "general_manager": ("总经理", "General manager"),
    "safety_director": ("安全总监", "Safety director"),
    "responsible_leader": ("分管领导", "Responsible leader"),
    "safety_officer": ("安全员", "Safety officer"),
    "department_head": ("部门负责人", "Department head"),
    "workshop_head": ("车间主任", "Workshop head"),
    "team_leader": ("班组长", "Team leader"),
    "equipment_head": ("设备科长", "Head of equipment"),
    "fitter": ("维修工", "Fitter"),
    "supervisor": ("督导", "Supervisor"),
    "auditor": ("审计员", "Auditor"),
    "worker": ("员工", "Worker"),
    "outside": ("相关方人员", "Outside party"),
    "head": ("上级负责人", "Head above"),
    "reporter": ("上报人", "Reporter"),
    "responsible": ("整改责任人", "Who puts it right"),
    "person": ("指定人员", "Named person"),
}
PURPOSES: Words = {
    "report": ("上报", "Report"),
    "before": ("整改前", "Before"),
    "after": ("整改后", "After"),
    "test": ("试验", "Test"),
    "verification": ("现场验证", "Verification"),
    "progress": ("整改进展", "Progress"),
    "comment": ("讨论", "Comment"),
    "resume": ("复工", "Resumption"),
}
EVIDENCE: Words = {
    "requested": ("未上传", "Not here yet"),
    "stored": ("已入库", "Stored"),
    "durable": ("已入库", "Stored"),
    "refused": ("未采信", "Refused"),
}
CAUSES: Words = {
    "person": ("现场下令", "Ordered on site"),
    "grade": ("定为 A 级", "Graded A"),
    "ladder": ("逾期升级", "Escalated, overdue"),
}


def word(words: Words, code: str | None, language: str) -> str:
    """The word for a code, the code itself where there is none, a dash for nothing."""
    if code is None:
        return "—"
    found = words.get(code)
    return code if found is None else found[0 if language == "zh" else 1]


def moment(at: datetime | None, zone: str, language: str) -> str:
    """A moment on the company's clock, to the minute."""
    if at is None:
        return "—"
    clock = at.astimezone(ZoneInfo(zone))
    return f"{clock:%Y-%m-%d %H:%M}" if language == "zh" else f"{clock:%d %b %Y %H:%M}"


def span(length: timedelta, language: str) -> str:
    """How long something took, in the two largest units; what is less than a minute is said so."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "不足1分钟" if language == "zh" else "under 1 min"
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    units = ("天", "小时", "分") if language == "zh" else ("d", "h", "min")
    parts = [f"{count} {unit}" for count, unit in zip((days, hours, left), units, strict=True) if count]
    return " ".join(parts[:2])
