"""The colours of a figure, by theme: the tokens of `static/css/tokens.css` as values.

A figure carries its colours, because a downloaded or mailed one has no style sheet.
"""

from dataclasses import dataclass
from typing import Literal

from measures.selectors.readings import Glyph

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Field names are token names with `_` for `-`."""

    canvas: str
    line: str
    line_2: str
    ink: str
    ink_2: str
    ink_3: str
    on_ink: str
    better: str
    better_ink: str
    better_tint: str
    concern: str
    concern_ink: str
    concern_tint: str
    common: str
    common_line: str
    common_tint: str

    def stroke(self, mark: Glyph) -> str:
        """The colour a mark is drawn in."""
        drawn = {Glyph.IMPROVEMENT: self.better, Glyph.CONCERN: self.concern, Glyph.UNUSUAL: self.ink_2}
        return drawn.get(mark, self.common)

    def words(self, mark: Glyph) -> str:
        """The colour of words about a point: a verdict colours them, anything else is ink."""
        return {Glyph.IMPROVEMENT: self.better_ink, Glyph.CONCERN: self.concern_ink}.get(mark, self.ink)

    def tint(self, mark: Glyph) -> str:
        """The colour of a shift's band."""
        return {Glyph.IMPROVEMENT: self.better_tint, Glyph.CONCERN: self.concern_tint}.get(
            mark, self.common_tint
        )


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        canvas="#FFFFFF",
        line="#E2E5E9",
        line_2="#C6CCD3",
        ink="#14181E",
        ink_2="#454E5A",
        ink_3="#626C79",
        on_ink="#FFFFFF",
        better="#1763B6",
        better_ink="#12519A",
        better_tint="#E8F1FA",
        concern="#D2620A",
        concern_ink="#9C440A",
        concern_tint="#FDF1E5",
        common="#76808C",
        common_line="#A9B1BB",
        common_tint="#F0F2F4",
    ),
    "dark": Palette(
        canvas="#101317",
        line="#2A3038",
        line_2="#3F4853",
        ink="#ECEFF2",
        ink_2="#B7BFC9",
        ink_3="#929CA8",
        on_ink="#101317",
        better="#6FB1F5",
        better_ink="#8FC3F9",
        better_tint="#13283E",
        concern="#F0954A",
        concern_ink="#F6B178",
        concern_tint="#35230F",
        common="#8E98A4",
        common_line="#5B6570",
        common_tint="#20262D",
    ),
}
