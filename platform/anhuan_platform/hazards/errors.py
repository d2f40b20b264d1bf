"""What a hazard declines."""

from anhuan_infra.errors import Refused


class GradeReasonNeeded(Refused):
    """A lower grade than before needs a reason that stays with the hazard."""

    code = "GRADE_REASON_NEEDED"
    zh = "降低隐患等级必须说明理由，理由将随隐患留存。"


class NobodyResponsible(Refused):
    """Say who puts it right: a unit, a person or an outside party."""

    code = "NOBODY_RESPONSIBLE"
    zh = "请指定整改责任单位、责任人或外部单位。"


class TypeUnknown(Refused):
    """{type} is not a kind of hazard; known are {known}."""

    code = "TYPE_UNKNOWN"
    zh = "没有“{type}”这种隐患类型；可选：{known}。"


class GradeUnknown(Refused):
    """{grade} is not a grade; known are A, B and C."""

    code = "GRADE_UNKNOWN"
    zh = "没有“{grade}”这个等级；可选 A、B、C。"


class NoDuplicate(Refused):
    """The other report must be a different one that is still open, or both would be gone."""

    code = "NO_DUPLICATE"
    zh = "重复关联的隐患必须是另一条未关闭的隐患，否则两条都会丢失。"
