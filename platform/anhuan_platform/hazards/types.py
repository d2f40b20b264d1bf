"""Kinds of hazards that a worker picks from a grid, the words that betray each, and the function that usually puts it right."""

from dataclasses import dataclass

from anhuan_tenants.organisation.models import Function


@dataclass(frozen=True)
class HazardType:
    """One kind; `words` are weighted signs in Chinese and English text, strong ones count twice."""

    code: str
    zh: str
    en: str
    function: Function
    strong: tuple[str, ...]
    words: tuple[str, ...]


TYPES: tuple[HazardType, ...] = (
    HazardType(
        "machine_guard", "机械防护", "Machine guarding", Function.EQUIPMENT,
        ("防护罩", "防护门", "联锁", "光栅", "急停", "护栏缺失", "guard", "interlock", "emergency stop"),
        ("冲床", "压力机", "剪板机", "皮带", "齿轮", "卷入", "传动", "砂轮", "车床", "机床", "挤压", "press", "conveyor", "lathe", "machine"),
    ),
    HazardType(
        "electrical", "电气", "Electrical", Function.EQUIPMENT,
        ("漏电", "裸露", "电线", "配电箱", "接地", "触电", "短路", "exposed wire", "electric shock", "ungrounded"),
        ("电缆", "插座", "开关", "绝缘", "电箱", "线路", "老化", "接线", "跳闸", "电机", "wire", "cable", "socket", "voltage", "electrical"),
    ),
    HazardType(
        "fire", "消防", "Fire protection", Function.SAFETY,
        ("灭火器", "消防通道", "消火栓", "疏散", "火灾", "烟感", "fire extinguisher", "fire lane", "hydrant", "evacuation"),
        ("堵塞", "可燃", "易燃", "喷淋", "应急灯", "明火", "吸烟", "防火门", "堆放", "fire", "smoke", "flammable", "exit"),
    ),
    HazardType(
        "dust", "粉尘", "Combustible dust", Function.PRODUCTION,
        ("粉尘", "积尘", "除尘", "除尘器", "铝粉", "dust"),
        ("打磨", "抛光", "清扫", "防爆", "泄爆", "静电", "灰斗", "风管", "polishing", "grinding", "collector"),
    ),
    HazardType(
        "hot_work", "动火作业", "Hot work", Function.SAFETY,
        ("动火", "焊接", "气割", "氧气瓶", "乙炔", "hot work", "welding", "cutting torch"),
        ("气瓶", "焊机", "火花", "回火", "监护", "割炬", "电焊", "acetylene", "cylinder", "spark"),
    ),
    HazardType(
        "confined_space", "有限空间", "Confined space", Function.SAFETY,
        ("有限空间", "受限空间", "缺氧", "硫化氢", "confined space"),
        ("罐内", "污水池", "井下", "通风", "检测", "地坑", "储罐", "窒息", "tank", "pit", "oxygen"),
    ),
    HazardType(
        "height", "高处作业", "Work at height", Function.PRODUCTION,
        ("高处", "安全带", "脚手架", "坠落", "临边", "scaffold", "fall from", "harness"),
        ("洞口", "登高", "梯子", "护栏", "平台", "屋面", "爬梯", "栏杆", "ladder", "edge", "roof", "height"),
    ),
    HazardType(
        "lifting", "起重吊装", "Lifting", Function.EQUIPMENT,
        ("吊装", "行车", "起重", "吊钩", "钢丝绳", "吊索", "crane", "hoist", "sling", "wire rope"),
        ("限位", "葫芦", "吊具", "断丝", "吊带", "司索", "吊物", "lifting", "hook", "load"),
    ),
    HazardType(
        "vehicle", "厂内车辆", "Vehicles on site", Function.PRODUCTION,
        ("叉车", "厂内车辆", "超速", "forklift", "truck"),
        ("倒车", "货车", "人车分流", "盲区", "驾驶", "通道", "车辆", "reversing", "speeding", "pedestrian"),
    ),
    HazardType(
        "pressure", "特种设备承压", "Pressure equipment", Function.EQUIPMENT,
        ("压力容器", "安全阀", "锅炉", "超压", "压力表", "pressure vessel", "safety valve", "boiler", "overpressure"),
        ("储气罐", "空压机", "检验", "泄压", "管道", "法兰", "蒸汽", "pressure", "gauge", "compressor"),
    ),
    HazardType(
        "chemical", "危险化学品", "Hazardous chemicals", Function.SAFETY,
        ("化学品", "危化品", "泄漏", "油漆", "酸", "碱", "chemical", "leak", "spill", "solvent"),
        ("腐蚀", "中毒", "MSDS", "标签", "稀释剂", "氨", "油库", "容器", "气味", "acid", "ammonia", "toxic"),
    ),
    HazardType(
        "ppe", "劳动防护", "Personal protection", Function.PRODUCTION,
        ("安全帽", "护目镜", "未佩戴", "防护用品", "劳保", "helmet", "goggles", "ppe"),
        ("手套", "耳塞", "口罩", "工作服", "安全鞋", "长发", "防静电服", "gloves", "mask", "ear plug"),
    ),
    HazardType(
        "housekeeping", "现场环境", "Housekeeping", Function.PRODUCTION,
        ("油污", "积水", "杂物", "地面湿滑", "照明", "slippery", "clutter", "housekeeping"),
        ("物料", "摆放", "通道", "破损", "地沟", "盖板", "绊倒", "井盖", "标识", "floor", "lighting", "trip"),
    ),
    HazardType(
        "behaviour", "违章行为", "Unsafe act", Function.PRODUCTION,
        ("违章", "无证", "酒后", "违规操作", "串岗", "violation", "unlicensed", "without permit"),
        ("睡岗", "冒险", "擅自", "拆除", "玩手机", "跨越", "未按规程", "疲劳", "bypass", "unsafe act"),
    ),
    HazardType(
        "management", "安全管理", "Management", Function.SAFETY,
        ("未培训", "无交底", "制度", "台账", "证件过期", "no training", "procedure missing", "expired certificate"),
        ("记录", "规程", "预案", "演练", "检查表", "交底", "承包商", "责任", "training", "record", "contractor"),
    ),
    HazardType(
        "other", "其他", "Other", Function.SAFETY, (), (),
    ),
)  # fmt: skip

BY_CODE = {kind.code: kind for kind in TYPES}
