"""What evidence declines beyond what its bytes show."""

from anhuan_infra.errors import Refused


class EvidenceNotReady(Refused):
    """The file {name} has not been confirmed yet; send it and confirm it first."""

    code = "EVIDENCE_NOT_READY"
    zh = "文件 {name} 尚未上传完成，请先上传并确认。"


class EvidenceElsewhere(Refused):
    """The file {name} was uploaded by somebody else, or already shows something in this or another case; take a new one."""

    code = "EVIDENCE_ELSEWHERE"
    zh = "文件 {name} 由他人上传，或已用于其他事项、其他用途，请重新拍摄。"


class EvidenceRefused(Refused):
    """The file {name} was refused when it arrived; take it again."""

    code = "EVIDENCE_REFUSED"
    zh = "文件 {name} 已被拒收，请重新拍摄。"


class EvidenceTooLate(Refused):
    """This case is {status}; a file can only come to it with a comment."""

    code = "EVIDENCE_TOO_LATE"
    zh = "该事项已结束，只能通过评论补充文件。"
