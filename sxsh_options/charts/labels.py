"""Places for the few names that are written into a chart, so that none covers another or a point."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sxsh_options.charts.drawing import CHARACTER, FONT_SIZE

LINE = FONT_SIZE + 2  # pixels
_GAP = 3

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Disc:
    """A point of the chart in pixels, y downwards."""

    x: float
    y: float
    radius: float

    @property
    def box(self) -> Box:
        """The square around it."""
        return self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius


@dataclass(frozen=True, slots=True)
class Label:
    """The text of a point and where it goes: how its lines are aligned, and the way from the point to it."""

    text: str
    align: Literal["left", "right", "center"]
    dx: float
    dy: float


def place(
    wanted: Mapping[int, Sequence[Sequence[str]]], discs: Sequence[Disc], width: float, height: float
) -> dict[int, Label]:
    """Place texts beside their points, in the order given; one that finds no free place is left out.

    Parameters
    ----------
    wanted : mapping of int to sequences of str
        For the index of a disc, the forms of its text in lines, the best first.
    discs : sequence of Disc
        All points, also those without a text.
    width, height : float
        Of the plot, in pixels. A plot that is wider only has more room between the points.

    Returns
    -------
    dict of int to Label
    """
    taken: list[Box] = []
    placed: dict[int, Label] = {}
    for index, forms in wanted.items():
        obstacles = [*taken, *(other.box for i, other in enumerate(discs) if i != index)]
        for label, box in (choice for lines in forms for choice in _choices(discs[index], lines)):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_meet(box, other) for other in obstacles):
                taken.append(box)
                placed[index] = label
                break
    return placed


def _choices(disc: Disc, lines: Sequence[str]) -> Iterator[tuple[Label, Box]]:
    """Yield the places beside a point: right, left, above, below."""
    wide, high = max(map(len, lines)) * CHARACTER, len(lines) * LINE
    away, text = disc.radius + _GAP, "\n".join(lines)
    for label, left in (
        (Label(text, "left", away, -high / 2), disc.x + away),
        (Label(text, "right", -away, -high / 2), disc.x - away - wide),
        (Label(text, "center", 0, -away - high), disc.x - wide / 2),
        (Label(text, "center", 0, away), disc.x - wide / 2),
    ):
        top = disc.y + label.dy
        yield label, (left, top, left + wide, top + high)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
