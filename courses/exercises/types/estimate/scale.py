"""A scale with two ends, and how it is drawn."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

#: From this ratio of its ends on, a scale gives each tenfold the same room.
WIDE = 1000
#: The line leaves this much of its width free on both sides, in per cent.
MARGIN = 4
#: Nearer to an end than this, a label starts or ends at its mark, in per cent.
NEAR_END = 22


@dataclass(frozen=True)
class Scale:
    """From ``least`` to ``most``."""

    least: Decimal
    most: Decimal

    @property
    def is_logarithmic(self) -> bool:
        """Whether each tenfold takes the same room."""
        return self.least > 0 and self.most / self.least >= WIDE

    def __contains__(self, number: object) -> bool:
        return isinstance(number, Decimal) and self.least <= number <= self.most

    def place(self, number: Decimal) -> float:
        """Return where a number lies, from 0 to 1; what is off the scale at its end."""
        inside = min(max(number, self.least), self.most)
        if self.is_logarithmic:
            return math.log(inside / self.least) / math.log(self.most / self.least)
        return float((inside - self.least) / (self.most - self.least))

    def share(self, band: tuple[Decimal, Decimal]) -> float:
        """Return how much of the scale a band takes, from 0 to 1."""
        return self.place(band[1]) - self.place(band[0])

    def clip(self, band: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
        """Return the ends of a band as far as they lie on the scale."""
        return max(band[0], self.least), min(band[1], self.most)


def scale_of(definition: Mapping[str, Any]) -> Scale:
    """Return the scale of an exercise."""
    return Scale(definition["least"], definition["most"])


def number_line(
    scale: Scale,
    *,
    value: tuple[Decimal, str] | None = None,
    own: tuple[Decimal, str] | None = None,
    bands: Mapping[str, tuple[Decimal, Decimal]] | None = None,
    spread: tuple[Decimal, Decimal] | None = None,
) -> dict[str, Any]:
    """Return places on a drawn line in per cent of its width, as SVG wants them."""
    stretches = dict(bands or {})
    if spread:
        stretches["spread"] = spread
    return {
        "start": _percent(0),
        "end": _percent(1),
        "ticks": [_percent(place) for place in ticks(scale)],
        "stretches": {
            name: {
                "x": _percent(scale.place(low)),
                "end": _percent(scale.place(high)),
                "width": f"{_room(scale.share((low, high))):.2f}%",
            }
            for name, (low, high) in stretches.items()
        },
        "value": _mark(scale, *value) if value else None,
        "own": _mark(scale, *own) if own else None,
    }


def ticks(scale: Scale) -> list[float]:
    """Return where strokes stand: at tenths, or at each tenfold."""
    if not scale.is_logarithmic:
        return [number / 10 for number in range(11)]
    first = math.ceil(round(math.log10(scale.least), 6))
    last = math.floor(round(math.log10(scale.most), 6))
    return [scale.place(Decimal(10) ** power) for power in range(first, last + 1)]


def _mark(scale: Scale, number: Decimal, label: str) -> dict[str, str]:
    place = scale.place(number)
    anchor = "middle"
    if place * 100 < NEAR_END:
        anchor = "start"
    elif place * 100 > 100 - NEAR_END:
        anchor = "end"
    return {"x": _percent(place), "label": label, "anchor": anchor}


def _room(share: float) -> float:
    return share * (100 - 2 * MARGIN)


def _percent(place: float) -> str:
    return f"{MARGIN + _room(place):.2f}%"
