"""Every act that policy speaks of, and the kind of thing it is done to. There are no act names anywhere else."""

from enum import StrEnum


class Resource(StrEnum):
    """The kinds of rows that policy narrows in the database; each is narrowed by its reading act."""

    CASE = "case"
    PERSON = "person"
    UNIT = "unit"
    RECORD = "record"
    PARTY = "party"

    @property
    def reading(self) -> "Act":
        """The act that decides which rows of this kind a person sees."""
        return Act(f"{self.value}.read")


class Act(StrEnum):
    """What can be granted, as `noun.verb`."""

    CALENDAR_MANAGE = "calendar.manage"
    CASE_COMMENT = "case.comment"
    CASE_READ = "case.read"
    CHECKLIST_MANAGE = "checklist.manage"
    CHECKLIST_READ = "checklist.read"
    DEFINITION_MANAGE = "definition.manage"
    DEFINITION_READ = "definition.read"
    DUTY_HANDOVER = "duty.handover"
    EVIDENCE_UPLOAD = "evidence.upload"
    HAZARD_ASSIGN = "hazard.assign"
    HAZARD_CANCEL = "hazard.cancel"
    HAZARD_CLOSE = "hazard.close"
    HAZARD_EXPORT = "hazard.export"
    HAZARD_GRADE = "hazard.grade"
    HAZARD_PROGRESS = "hazard.progress"
    HAZARD_RECTIFY = "hazard.rectify"
    HAZARD_REPORT = "hazard.report"
    HAZARD_REVIEW = "hazard.review"
    HAZARD_VERIFY = "hazard.verify"
    NOTICE_MANAGE = "notice.manage"
    PARTY_MANAGE = "party.manage"
    PARTY_READ = "party.read"
    PERSON_MANAGE = "person.manage"
    PERSON_READ = "person.read"
    POLICY_MANAGE = "policy.manage"
    POLICY_READ = "policy.read"
    RECORD_EXPORT = "record.export"
    RECORD_READ = "record.read"
    SUBSCRIPTION_MANAGE = "subscription.manage"
    SUBSCRIPTION_READ = "subscription.read"
    UNIT_MANAGE = "unit.manage"
    UNIT_READ = "unit.read"
    WORK_RESUME = "work.resume"
    WORK_STOP = "work.stop"

    @property
    def zh(self) -> str:
        """Its name on a Chinese screen."""
        return _ABOUT[self][0]

    @property
    def resource(self) -> Resource:
        """The kind of row whose place decides whether it is granted."""
        return _ABOUT[self][1]


_ABOUT: dict[Act, tuple[str, Resource]] = {
    Act.CALENDAR_MANAGE: ("维护工作日历", Resource.UNIT),
    Act.CASE_COMMENT: ("参与讨论", Resource.CASE),
    Act.CASE_READ: ("查看闭环事项", Resource.CASE),
    Act.CHECKLIST_MANAGE: ("维护检查表", Resource.UNIT),
    Act.CHECKLIST_READ: ("查看检查表", Resource.UNIT),
    Act.DEFINITION_MANAGE: ("维护流程与表单", Resource.UNIT),
    Act.DEFINITION_READ: ("查看流程与表单", Resource.UNIT),
    Act.DUTY_HANDOVER: ("交接职责", Resource.PERSON),
    Act.EVIDENCE_UPLOAD: ("上传证据", Resource.CASE),
    Act.HAZARD_ASSIGN: ("派发整改", Resource.CASE),
    Act.HAZARD_CANCEL: ("撤销隐患", Resource.CASE),
    Act.HAZARD_CLOSE: ("隐患销号", Resource.CASE),
    Act.HAZARD_EXPORT: ("导出隐患清单", Resource.CASE),
    Act.HAZARD_GRADE: ("隐患定级", Resource.CASE),
    Act.HAZARD_PROGRESS: ("填报整改进展", Resource.CASE),
    Act.HAZARD_RECTIFY: ("提交整改", Resource.CASE),
    Act.HAZARD_REPORT: ("上报隐患", Resource.CASE),
    Act.HAZARD_REVIEW: ("审核整改", Resource.CASE),
    Act.HAZARD_VERIFY: ("现场验证", Resource.CASE),
    Act.NOTICE_MANAGE: ("维护通知渠道", Resource.UNIT),
    Act.PARTY_MANAGE: ("管理相关方", Resource.PARTY),
    Act.PARTY_READ: ("查看相关方", Resource.PARTY),
    Act.PERSON_MANAGE: ("管理人员", Resource.PERSON),
    Act.PERSON_READ: ("查看人员", Resource.PERSON),
    Act.POLICY_MANAGE: ("管理权限", Resource.UNIT),
    Act.POLICY_READ: ("查看权限", Resource.UNIT),
    Act.RECORD_EXPORT: ("导出操作记录", Resource.RECORD),
    Act.RECORD_READ: ("查看操作记录", Resource.RECORD),
    Act.SUBSCRIPTION_MANAGE: ("管理订阅", Resource.UNIT),
    Act.SUBSCRIPTION_READ: ("查看订阅", Resource.UNIT),
    Act.UNIT_MANAGE: ("管理组织机构", Resource.UNIT),
    Act.UNIT_READ: ("查看组织机构", Resource.UNIT),
    Act.WORK_RESUME: ("批准复工", Resource.CASE),
    Act.WORK_STOP: ("下令停工", Resource.CASE),
}
