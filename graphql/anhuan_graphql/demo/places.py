"""The eight high-risk areas and the twenty-eight machines of the demo group; positions are WGS-84 degrees."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoArea:
    """A high-risk area, answered for by the team that works there; radius in metres."""

    code: str
    name: str
    unit: str
    risk: str
    latitude: float
    longitude: float
    radius_m: int


@dataclass(frozen=True, slots=True)
class DemoMachine:
    """A machine of a team, in an area or elsewhere."""

    code: str
    name: str
    kind: str
    unit: str
    area: str = ""


AREAS = (
    DemoArea("A-01", "冲压压力机区", "b1-stamping-a", "larger", 31.48120, 120.41230, 60),
    DemoArea("A-02", "焊接气瓶间", "b1-welding-a", "major", 31.48175, 120.41310, 40),
    DemoArea("A-03", "喷漆室", "b1-painting-a", "major", 31.48232, 120.41395, 50),
    DemoArea("A-04", "危险化学品库", "b1-warehouse-chem", "major", 31.48290, 120.41485, 45),
    DemoArea("A-05", "抛光打磨除尘区", "b2-polishing-dust", "major", 31.50510, 120.43820, 55),
    DemoArea("A-06", "热处理淬火油槽区", "b2-heat-a", "major", 31.50565, 120.43905, 50),
    DemoArea("A-07", "机加工行车作业区", "b2-machining-crane", "larger", 31.50620, 120.43990, 80),
    DemoArea("A-08", "污水池（有限空间）", "b2-equipment-mech", "major", 31.50675, 120.44075, 30),
)
"""Risk `major` is red, `larger` orange (四色图)."""

MACHINES = (
    DemoMachine("M-01", "1号压力机 JH21-160", "压力机", "b1-stamping-a", "A-01"),
    DemoMachine("M-02", "2号压力机 JH21-160", "压力机", "b1-stamping-a", "A-01"),
    DemoMachine("M-03", "3号压力机 J36-400", "压力机", "b1-stamping-b", "A-01"),
    DemoMachine("M-04", "4号压力机 J36-400", "压力机", "b1-stamping-c", "A-01"),
    DemoMachine("M-05", "剪板机 QC12Y", "剪板机", "b1-stamping-cut"),
    DemoMachine("M-06", "折弯机 WC67", "折弯机", "b1-stamping-cut"),
    DemoMachine("M-07", "点焊机 DN-80", "焊机", "b1-welding-a"),
    DemoMachine("M-08", "二氧化碳保护焊机", "焊机", "b1-welding-b"),
    DemoMachine("M-09", "1号焊接机器人", "工业机器人", "b1-welding-robot"),
    DemoMachine("M-10", "2号焊接机器人", "工业机器人", "b1-welding-robot"),
    DemoMachine("M-11", "喷漆线", "涂装线", "b1-painting-a", "A-03"),
    DemoMachine("M-12", "烘干炉", "工业炉", "b1-painting-dry"),
    DemoMachine("M-13", "1号叉车", "叉车", "b1-warehouse-fork"),
    DemoMachine("M-14", "2号叉车", "叉车", "b1-warehouse-fork"),
    DemoMachine("M-15", "1号空压机", "空压机", "b1-equipment-mech"),
    DemoMachine("M-16", "储气罐", "压力容器", "b1-equipment-mech"),
    DemoMachine("M-17", "1号车床 CA6140", "车床", "b2-machining-turn"),
    DemoMachine("M-18", "2号车床 CA6140", "车床", "b2-machining-turn"),
    DemoMachine("M-19", "立式铣床 X5032", "铣床", "b2-machining-mill"),
    DemoMachine("M-20", "数控加工中心", "加工中心", "b2-machining-cnc"),
    DemoMachine("M-21", "摇臂钻床 Z3050", "钻床", "b2-machining-drill"),
    DemoMachine("M-22", "10吨桥式行车", "起重机", "b2-machining-crane", "A-07"),
    DemoMachine("M-23", "5吨电动葫芦", "起重机", "b2-assembly-a"),
    DemoMachine("M-24", "1号脉冲除尘器", "除尘器", "b2-polishing-dust", "A-05"),
    DemoMachine("M-25", "2号脉冲除尘器", "除尘器", "b2-polishing-dust", "A-05"),
    DemoMachine("M-26", "砂带打磨机", "打磨机", "b2-polishing-a"),
    DemoMachine("M-27", "箱式电阻炉", "工业炉", "b2-heat-a", "A-06"),
    DemoMachine("M-28", "2号空压机", "空压机", "b2-equipment-mech"),
)
