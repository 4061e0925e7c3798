"""Boxes, arrows and lines of text as plain SVG, readable on light and dark pages. Lengths are in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

TITLE, BODY = 15.0, 12.0
CHARACTER, BOLD = 0.56, 0.69
"""Width of an average character of a sans-serif face, as a share of its size."""
PADDING = 10.0
LINE = 17.0

Kind = Literal["plain", "region", "well", "ill", "note"]
Stroke = Literal["users", "watch", "status", "quiet", "broken"]

STYLE = """
text { font-family: "DejaVu Sans", Verdana, Arial, sans-serif; fill: #1f2328; }
.page { fill: #ffffff; }
.plain, .note { fill: #f6f8fa; stroke: #8c959f; }
.region { fill: none; stroke: #8c959f; stroke-dasharray: 6 4; }
.well { fill: #dafbe1; stroke: #1a7f37; }
.ill { fill: #ffebe9; stroke: #cf222e; }
.arrow { fill: none; stroke-width: 2; }
.users { stroke: #1a7f37; } .watch { stroke: #0969da; } .status { stroke: #8250df; stroke-dasharray: 5 3; }
.quiet { stroke: #8c959f; } .broken { stroke: #cf222e; stroke-dasharray: 3 4; }
.users-end { fill: #1a7f37; } .watch-end { fill: #0969da; } .status-end { fill: #8250df; }
.quiet-end { fill: #8c959f; } .broken-end { fill: #cf222e; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .page { fill: #0d1117; }
  .plain, .note { fill: #161b22; stroke: #8b949e; }
  .region { stroke: #8b949e; }
  .well { fill: #12361f; stroke: #3fb950; }
  .ill { fill: #4a1517; stroke: #f85149; }
  .users { stroke: #3fb950; } .watch { stroke: #58a6ff; } .status { stroke: #bc8cff; }
  .quiet { stroke: #8b949e; } .broken { stroke: #f85149; }
  .users-end { fill: #3fb950; } .watch-end { fill: #58a6ff; } .status-end { fill: #bc8cff; }
  .quiet-end { fill: #8b949e; } .broken-end { fill: #f85149; }
}
"""


@dataclass(frozen=True, kw_only=True)
class Box:
    """A rectangle; `lines` are a title and what is said under it."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    kind: Kind = "plain"

    def texts(self) -> list[Text]:
        """Its lines, from the top, each as small as it takes to fit."""
        room = self.width - 2 * PADDING
        return [
            Text(
                x=self.x + PADDING,
                y=self.y + 21 + index * LINE,
                text=line,
                size=fitting(line, TITLE if index == 0 else BODY, room, bold=index == 0),
                bold=index == 0,
            )
            for index, line in enumerate(self.lines)
        ]

    def svg(self) -> str:
        """The element."""
        shape = f'<rect class="{self.kind}" x="{self.x:g}" y="{self.y:g}" width="{self.width:g}"'
        return "\n".join([f'{shape} height="{self.height:g}" rx="8"/>', *(text.svg() for text in self.texts())])


@dataclass(frozen=True, kw_only=True)
class Text:
    """One line; `x`, `y` are the left end of its base line, or its middle."""

    x: float
    y: float
    text: str
    size: float = BODY
    bold: bool = False
    middle: bool = False

    @property
    def width(self) -> float:
        """About how wide it is."""
        return wide(self.text, self.size, bold=self.bold)

    def svg(self) -> str:
        """The element."""
        more = ' font-weight="bold"' if self.bold else ""
        more += ' text-anchor="middle"' if self.middle else ""
        return f'<text x="{self.x:g}" y="{self.y:g}" font-size="{self.size:g}"{more}>{escape(self.text)}</text>'


@dataclass(frozen=True, kw_only=True)
class Arrow:
    """A line through points, with a head at its end."""

    points: tuple[tuple[float, float], ...]
    stroke: Stroke

    def svg(self) -> str:
        """The element."""
        path = " ".join(f"{x:g},{y:g}" for x, y in self.points)
        return f'<polyline class="arrow {self.stroke}" points="{path}" marker-end="url(#{self.stroke})"/>'


def wide(text: str, size: float, *, bold: bool) -> float:
    """About how wide a text is."""
    return len(text) * size * (BOLD if bold else CHARACTER)


def fitting(text: str, size: float, room: float, *, bold: bool) -> float:
    """`size`, or less where the text would not fit; in tenths, rounded down."""
    return math.floor(10 * min(size, size * room / max(wide(text, size, bold=bold), 1.0))) / 10


def page(title: str, width: float, height: float, parts: Sequence[Box | Arrow | Text]) -> str:
    """The whole drawing."""
    heads = "".join(
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path class="{name}-end" d="M0,0 L8,4 L0,8 z"/></marker>'
        for name in ("users", "watch", "status", "quiet", "broken")
    )
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">\n<title>{escape(title)}</title>'
    ground = f'<rect class="page" width="{width:g}" height="{height:g}"/>'
    return "\n".join(
        [head, f"<style>{STYLE}</style>", f"<defs>{heads}</defs>", ground, *(part.svg() for part in parts), "</svg>\n"]
    )
