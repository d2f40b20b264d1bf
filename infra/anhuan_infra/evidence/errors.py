"""Why a file is not taken as evidence: one code per reason, so that the phone can say what to do next."""

from anhuan_infra.errors import Refused


class EvidenceEmpty(Refused):
    """The file has no content; take the photo again."""

    code = "EVIDENCE_EMPTY"
    zh = "文件没有内容，请重新拍摄。"


class EvidenceTooLarge(Refused):
    """The file has {size} bytes; a file of type {type} may have at most {limit}."""

    code = "EVIDENCE_TOO_LARGE"
    zh = "文件大小为 {size} 字节，{type} 类型最多允许 {limit} 字节。"


class EvidenceTypeUnknown(Refused):
    """This is not a photo, a PDF or a video of a type that is accepted: {types}."""

    code = "EVIDENCE_TYPE_UNKNOWN"
    zh = "不是可接受的照片、PDF 或视频，可接受的类型：{types}。"


class EvidenceTypeMismatch(Refused):
    """The file was announced as {declared}, but its content is {type}."""

    code = "EVIDENCE_TYPE_MISMATCH"
    zh = "文件声明为 {declared}，实际内容却是 {type}。"


class EvidenceDigestMismatch(Refused):
    """The content that arrived is not the content that was announced; send it again."""

    code = "EVIDENCE_DIGEST_MISMATCH"
    zh = "收到的内容与声明的校验值不一致，请重新上传。"


class EvidenceMissing(Refused):
    """The file has not arrived yet; send it, then confirm."""

    code = "EVIDENCE_MISSING"
    zh = "文件尚未送达，请先上传再确认。"


class EvidenceBroken(Refused):
    """The file is damaged or incomplete and cannot be opened; take the photo again."""

    code = "EVIDENCE_BROKEN"
    zh = "文件已损坏或不完整，无法打开，请重新拍摄。"


class EvidenceTooManyPixels(Refused):
    """The picture measures {width} x {height}; at most {pixels} pixels and {side} a side are accepted."""

    code = "EVIDENCE_TOO_MANY_PIXELS"
    zh = "图片尺寸为 {width} × {height}，最多允许 {pixels} 像素、单边 {side} 像素。"


class EvidenceTooHeavy(Refused):
    """Opening this file needs more memory than one file is given; send a smaller one."""

    code = "EVIDENCE_TOO_HEAVY"
    zh = "打开该文件所需内存超出限额，请上传较小的文件。"


class EvidenceTimeout(Refused):
    """The file could not be examined within {seconds} seconds; send a smaller or simpler one."""

    code = "EVIDENCE_TIMEOUT"
    zh = "未能在 {seconds} 秒内完成检查，请上传更小或更简单的文件。"
