"""A checklist (检查表) as data: sections of items, what each asks for, what a fault costs, and whom the list is for."""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from anhuan_infra.errors import Words

Text = Annotated[
    dict[Literal["zh", "en"], Annotated[str, Meta(min_length=1, max_length=2000)]], Meta(min_length=1)
]
"""Words by language, in at least one."""
Code = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,59}\Z")]
"""A name for the machine, and the name of the item in conditions."""
Rule = Annotated[str, Meta(min_length=1, max_length=500)]
"""A CEL condition over earlier answers."""
Points = Annotated[float, Meta(ge=0, le=100_000)]
Short = Annotated[str, Meta(max_length=200)]
Colour = Literal["red", "orange", "yellow", "blue", "green"]
Kind = Literal[
    "verdict", "number", "single", "multiple", "text", "photo", "signature", "meter", "date", "note"
]


class Frozen(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, dict=True):
    """What all parts of a checklist are: plain data that never changes."""


class Range(Frozen, frozen=True):
    """A span of numbers; both ends belong to it unless they are said to be open."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: float) -> bool:
        """Whether the number lies in it."""
        too_low = self.low is not None and (value < self.low or (self.low_open and value == self.low))
        too_high = self.high is not None and (value > self.high or (self.high_open and value == self.high))
        return not (too_low or too_high)


class Choice(Frozen, frozen=True):
    """One answer to choose."""

    code: Annotated[str, Meta(pattern=r"\A[^\s\x00-\x1f\x7f]{1,100}\Z")]
    name: Text
    bad: bool = False
    """Choosing it is a finding."""
    lost: Points | None = None
    """What choosing it costs; None is what the item says where the choice is bad, and nothing where it is not."""
    show: Rule | None = None


class Photo(Frozen, frozen=True):
    """When an item needs photos, of what, and how many at least."""

    when: Literal["always", "on_not_ok"]
    purpose: Literal["scene", "nameplate", "safety_device", "reading", "measure", "before", "after"] = "scene"
    least: Annotated[int, Meta(ge=1, le=20)] = 1


class Meter(Frozen, frozen=True):
    """A counter that rises and begins again at zero after its last digit."""

    digits: Annotated[int, Meta(ge=1, le=12)]
    """Digits before the point."""
    most_rise: Annotated[float, Meta(gt=0)] | None = None
    """More than this between two readings is a misreading."""


class Suggestion(Frozen, frozen=True):
    """What the hazard is likely to be when the item is not ok."""

    type: Short
    grade: Literal["A", "B", "C"] = "C"


class Item(Frozen, frozen=True):
    """One thing to look at."""

    code: Code
    kind: Kind
    name: Text
    guidance: Text | None = None
    clause: Short = ""
    """The standard and clause it rests on, as printed there; empty where none is certain."""
    topic: Short = ""
    """What it looks after, by which the lists of dangerous work are held complete: `gas_test`, `extinguisher`, `guardian`."""
    required: bool = True
    may_be_na: bool = True
    show: Rule | None = None
    """Asked only where this holds of earlier answers."""
    unit: Short = ""
    limits: Range | None = None
    """What is in order; a value outside is a finding."""
    takes: Range | None = None
    """What can be entered at all; a value outside is a mistake of typing."""
    valid: Rule | None = None
    """What every entered answer must fulfil; the answer is `value` there."""
    valid_says: Text | None = None
    whole: bool = False
    """Numbers without a fraction only."""
    choices: Annotated[tuple[Choice, ...], Meta(max_length=500)] = ()
    meter: Meter | None = None
    expires: bool = False
    """A date that has passed is a finding."""
    photo: Photo | None = None
    note: Literal["never", "on_not_ok"] = "on_not_ok"
    """Whether a finding must be described."""
    points: Points | None = None
    """What the item is worth; None is nothing where points are lost, and 1 where shares are counted."""
    lost: Points | None = None
    """What each occurrence costs; None is everything that the item is worth."""
    most_lost: Points | None = None
    """What the item costs at most; None is what it is worth, or, where it is worth nothing by itself, no limit but the section's."""
    veto: bool = False
    """Not ok, it puts the whole list on the worst level (一票否决)."""
    alarm: bool = False
    """Not ok, it is told at once and not only with the report."""
    suggest: Suggestion | None = None

    @cached_property
    def can_fail(self) -> bool:
        """Whether any answer to it is a finding."""
        match self.kind:
            case "verdict":
                return True
            case "number" | "meter":
                return self.limits is not None
            case "single" | "multiple":
                return any(choice.bad for choice in self.choices)
            case "date":
                return self.expires
            case _:
                return False

    @cached_property
    def by_choice(self) -> Mapping[str, Choice]:
        """Its choices by code."""
        return {choice.code: choice for choice in self.choices}


class Section(Frozen, frozen=True):
    """Items that are counted together."""

    code: Code
    name: Text
    items: Annotated[tuple[Item, ...], Meta(max_length=1000)]
    show: Rule | None = None
    points: Points | None = None
    """What it is worth; None is the sum of its items."""
    most_lost: Points | None = None
    floor: Annotated[float, Meta(le=0, ge=-100_000)] = 0
    """What is left of it at the least: 0 is 扣完为止."""


class Level(Frozen, frozen=True):
    """A band of the result, from this percentage upwards."""

    code: Code
    name: Text
    least: Annotated[float, Meta(ge=0, le=100)]
    colour: Colour | None = None


class Veto(Frozen, frozen=True):
    """A state of the answers that puts the list on the worst level, whatever the points say."""

    code: Code
    name: Text
    when: Rule


class Scoring(Frozen, frozen=True):
    """How answers become a figure: not at all, by points lost, or as the share of items that are in order."""

    by: Literal["none", "points", "share"] = "none"
    levels: Annotated[tuple[Level, ...], Meta(max_length=10)] = ()
    """Best first; the last one begins at 0."""
    vetoes: Annotated[tuple[Veto, ...], Meta(max_length=50)] = ()
    floor: Annotated[float, Meta(le=0, ge=-100_000)] = 0


class Fit(Frozen, frozen=True):
    """What the list is for; an empty field is for all."""

    risks: tuple[Literal["major", "larger", "general", "low"], ...] = ()
    """Areas of these colours: red, orange, yellow, blue."""
    trades: tuple[Code, ...] = ()
    """Kinds of work or programme, such as `hot_work`."""
    assets: tuple[Short, ...] = ()
    """Kinds of machines, as the list of machines names them."""
    industries: tuple[Annotated[str, Meta(pattern=r"\A[A-T](\d{2,4})?\Z")], ...] = ()
    """GB/T 4754 codes; a shorter one stands for everything under it."""


class Checklist(Frozen, frozen=True):
    """A whole list. `code` and `version` name it for ever; a published one never changes."""

    code: Code
    version: Annotated[int, Meta(ge=0)]
    name: Text
    sections: Annotated[tuple[Section, ...], Meta(min_length=1, max_length=100)]
    guidance: Text | None = None
    source: Short = ""
    """The document it was made after."""
    cycle: Literal["", "shift", "day", "week", "month", "year"] = ""
    """How often it is meant to be gone through."""
    fit: Fit = Fit()
    scoring: Scoring = Scoring()

    def lines(self) -> Iterator[tuple[Section, Item]]:
        """Every item with its section, in order."""
        for section in self.sections:
            for item in section.items:
                yield section, item

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """Its items by code."""
        return {item.code: item for _, item in self.lines()}


def said(name: Mapping[Any, str] | None, code: str = "") -> Words:
    """Words in both languages; what is missing in one is told in the other."""
    words = name or {}
    either = next(iter(words.values()), code)
    return Words(words.get("zh", either), words.get("en", either))


def write(checklist: Checklist) -> dict[str, Any]:
    """The list as plain data, for storing."""
    # Over JSON, so that lists are lists: what is stored and read again is the same.
    stored: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(checklist))
    return stored


@lru_cache(maxsize=512)
def cached(_key: object, body: bytes) -> Checklist:
    """A published list, read once per process; the key is its row id and only keeps versions apart. What was fit to be published
    stays so for the rounds that began with it."""
    return msgspec.json.decode(body, type=Checklist)
