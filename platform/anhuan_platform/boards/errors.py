"""What saved views refuse."""

from anhuan_infra.errors import BadInput, Refused


class ViewUnknownList(BadInput):
    """There is no list {given} whose views could be saved; there is {known}."""

    zh = "没有可保存视图的列表“{given}”；可用：{known}。"


class ViewUnfit(BadInput):
    """{path} of the view is not acceptable: {reason}."""

    zh = "视图内容 {path} 有误：{reason}。"


class ViewsTooMany(Refused):
    """{most} views of this list are saved already; remove one first."""

    code = "VIEWS_TOO_MANY"
    zh = "该列表已保存 {most} 个视图，请先删除不用的视图。"


class ViewNotYours(Refused):
    """This view belongs to somebody else; save it under a name of your own."""

    code = "VIEW_NOT_YOURS"
    zh = "该视图由他人创建，请另存为自己的视图。"
