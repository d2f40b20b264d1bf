"""Names for people who do not exist: put together from common parts, the same at every load, no two alike."""

from collections.abc import Iterator

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
    "彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
)
_FIRST = "建国志明海文晓春永宏家立新德正国玉秀金庆振兴光学福成世伟俊红"
_SECOND = "华强平军勇杰涛斌超波辉刚鹏飞龙宇浩凯健峰林森磊亮东生祥荣富贵"
_ALONE = "敏静丽娟艳霞芳燕玲萍梅慧婷雪琴洁莉倩颖琳"


def people() -> Iterator[str]:
    """One name after another; every sixth has a given name of one character, as in life."""
    given: set[str] = set()
    number = 0
    while True:
        name = _name(number)
        number += 1
        if name not in given:
            given.add(name)
            yield name


def _name(number: int) -> str:
    surname = _SURNAMES[number * 7 % len(_SURNAMES)]
    if number % 6 == 5:
        return surname + _ALONE[number // 6 % len(_ALONE)]
    first = _FIRST[number * 11 % len(_FIRST)]
    return surname + first + _SECOND[(number * 13 + number // 60) % len(_SECOND)]
