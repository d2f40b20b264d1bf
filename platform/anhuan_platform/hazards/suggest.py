"""What kind of hazard a text speaks of, with how sure that is. Proposes only; a person decides and both are kept."""

from dataclasses import dataclass
from math import exp

from anhuan_platform.hazards.types import BY_CODE, TYPES, HazardType

_STRONG, _WEAK = 2.0, 1.0
_SILENCE = 0.8
"""Weight of having seen nothing: it keeps a single weak word from looking like certainty."""


@dataclass(frozen=True)
class Suggestion:
    """A kind with a confidence between 0 and 1, and the words that spoke for it."""

    type_code: str
    confidence: float
    because: tuple[str, ...]

    @property
    def kind(self) -> HazardType:
        """The suggested kind itself."""
        return BY_CODE[self.type_code]


def suggest(text: str, most: int = 3) -> list[Suggestion]:
    """The likeliest kinds, best first; nothing where no word speaks. Confidences of all kinds and of silence add up to 1."""
    lowered = text.casefold()
    found: list[tuple[HazardType, float, tuple[str, ...]]] = []
    for kind in TYPES:
        strong = tuple(word for word in kind.strong if word in lowered)
        weak = tuple(
            word for word in kind.words if word in lowered and not any(word in one for one in strong)
        )
        score = _STRONG * len(strong) + _WEAK * len(weak)
        if score:
            found.append((kind, score, strong + weak))
    total = exp(_SILENCE) + sum(exp(score) for _, score, _ in found)
    ranked = sorted(found, key=lambda one: -one[1])[:most]
    return [Suggestion(kind.code, round(exp(score) / total, 3), why) for kind, score, why in ranked]
