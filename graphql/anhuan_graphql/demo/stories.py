"""The last weeks of the demo group: forty hazards, how grave each was, and how far it has come."""

from dataclasses import dataclass

CLOSED = "closed"
CALLED_OFF = "called off"


@dataclass(frozen=True, slots=True)
class Story:
    """A hazard reported so many hours ago at a machine or area; `until` names the step that still waits, or how it ended.

    `rejected` sends the work back once; `outside` has the maintenance firm put it right.
    """

    text: str
    place: str
    grade: str
    hours_ago: float
    until: str = CLOSED
    rejected: bool = False
    outside: bool = False


_DAY = 24.0

STORIES = (
    Story("1号脉冲除尘器灰斗积尘超过 3 毫米，未及时清灰", "M-24", "B", 61 * _DAY),
    Story("气瓶间氧气瓶与乙炔瓶混放，间距不足 5 米", "A-02", "B", 38 * _DAY),
    Story("1号脉冲除尘器灰斗再次积尘，泄爆片表面覆盖粉尘", "M-24", "B", 33 * _DAY),
    Story("1号叉车倒车蜂鸣器不响，倒车时无提示", "M-13", "C", 31 * _DAY),
    Story("喷漆室防爆灯罩破裂，存在火灾危险", "A-03", "A", 29 * _DAY),
    Story("危化品库灭火器压力不足，指针在红区", "A-04", "C", 25 * _DAY),
    Story("3号压力机急停按钮按下后不能自锁", "M-03", "B", 17 * _DAY, rejected=True),
    Story("储气罐安全阀校验标签过期", "M-16", "B", 15 * _DAY, outside=True),
    Story("冲压区消防通道被料箱堵塞", "A-01", "C", 12 * _DAY),
    Story("污水池井盖缺失，无有限空间警示标识", "A-08", "A", 10 * _DAY),
    Story("5吨电动葫芦钢丝绳断丝，已达报废标准", "M-23", "B", 9 * _DAY),
    Story("铣床冷却液溅到过道，地面湿滑", "M-19", "C", 6 * _DAY),
    Story("1号焊接机器人围栏安全门联锁失效", "M-09", "B", 71.0, "accept"),
    Story("1号空压机皮带防护罩松动", "M-15", "C", 66.0, "verify"),
    Story("包装班临边护栏缺失一段", "b2-assembly-pack", "C", 60.0, "rectify"),
    Story("点焊机冷却水管渗漏，地面积水湿滑", "M-07", "C", 52.0, "accept"),
    Story("2号车床照明线绝缘老化，电线裸露", "M-18", "C", 47.0, "rectify"),
    Story("10吨行车吊钩防脱钩装置变形", "M-22", "B", 44.0, "rectify"),
    Story("装卸平台照明损坏，夜班看不清台阶", "b1-warehouse-load", "C", 40.0, "rectify"),
    Story("2号压力机光栅被人为短接", "M-02", "B", 34.0, "rectify"),
    Story("喷丸班粉尘清扫工具为铁制，易产生火花", "b2-heat-blast", "C", 28.0, "rectify"),
    Story("剪板机脚踏开关护盖脱落，易误踩", "M-05", "C", 24.0, "rectify"),
    Story("危化品库通风机停转，库内有油漆气味", "A-04", "B", 22.0, "rectify", outside=True),
    Story("1号脉冲除尘器灰斗第三次积尘，卸灰阀卡滞", "M-24", "B", 21.0, "rectify"),
    Story("数控加工中心防护门联锁不起作用", "M-20", "B", 20.0, "rectify"),
    Story("4号压力机离合器异响，防护罩螺栓松动", "M-04", "C", 18.0, "accept"),
    Story("打磨工未佩戴防尘口罩作业", "M-26", "C", 15.0, "rectify"),
    Story("烘干炉超温报警器失灵，温控表不准", "M-12", "B", 13.0, "control", outside=True),
    Story("1号车床卡盘防护罩缺失，切屑飞溅", "M-17", "C", 11.0, "rectify"),
    Story("调漆间静电接地线断开，有火灾危险", "b1-painting-mix", "B", 9.0, "authorise"),
    Story("箱式电阻炉炉门限位开关失效", "M-27", "C", 7.0, "rectify"),
    Story("摇臂钻床工件未夹紧即开机，违规操作", "M-21", "C", 6.0, "rectify"),
    Story("2号焊接机器人示教器急停失灵", "M-10", "C", 5.0, "rectify"),
    Story("2号焊接机器人示教器急停按不动", "M-10", "", 4.6, CALLED_OFF),
    Story("2号叉车轮胎磨损见帘线", "M-14", "C", 3.6, "assign"),
    Story("拼装班二氧化碳保护焊机电缆绝缘破损，有触电危险", "M-08", "B", 3.0, "assign"),
    Story("折弯机后挡料处未设防护，手可伸入", "M-06", "C", 1.5, "assign"),
    Story("淬火油槽上方排烟风管油污积聚，易燃", "A-06", "", 0.9, "grade"),
    Story("2号脉冲除尘器压差报警，风管有漏点", "M-25", "", 0.6, "grade"),
    Story("2号空压机排气温度偏高", "M-28", "", 0.3, "grade"),
)
"""Oldest first. The dust collector's hopper comes back month after month (S004-39); three cases are late, each further than the next."""

MEASURES = "按整改方案更换或修复部件，清理现场，组织班组讲解"
CONTROL = "设置警戒区并停用该部位，安排专人看守，整改期间每两小时巡查一次"
TEST = "整改后连续运行 30 分钟，功能正常，未再出现异常"
REJECTION = "固定不牢，重新紧固后再报验收"
PROGRESS = (("备件已到货，正在拆装", 40), ("已安装完成，正在调试", 80))
