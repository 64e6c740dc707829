"""The colours are the design's own, and can be told apart by everyone."""

import re
from colorsys import rgb_to_hls

import pytest
from django.conf import settings

from p2.look.tokens import USES, contrast, theme, tokens

DESIGN = {
    "canvas": ("#FFFFFF", "#101317"),
    "sunken": ("#F5F6F7", "#161A1F"),
    "raised": ("#FFFFFF", "#1C2127"),
    "hover": ("#EEF0F2", "#22282F"),
    "line": ("#E2E5E9", "#2A3038"),
    "line-2": ("#C6CCD3", "#3F4853"),
    "edge": ("#848D99", "#737E8B"),
    "ink": ("#14181E", "#ECEFF2"),
    "ink-2": ("#454E5A", "#B7BFC9"),
    "ink-3": ("#626C79", "#929CA8"),
    "on-ink": ("#FFFFFF", "#101317"),
    "better": ("#1763B6", "#6FB1F5"),
    "better-ink": ("#12519A", "#8FC3F9"),
    "better-tint": ("#E8F1FA", "#13283E"),
    "concern": ("#D2620A", "#F0954A"),
    "concern-ink": ("#9C440A", "#F6B178"),
    "concern-tint": ("#FDF1E5", "#35230F"),
    "common": ("#76808C", "#8E98A4"),
    "common-line": ("#A9B1BB", "#5B6570"),
    "common-tint": ("#F0F2F4", "#20262D"),
    "invalid": ("#B3261E", "#F4958D"),
    "invalid-tint": ("#FCEEEC", "#3A1E1C"),
    "warn": ("#755500", "#E5BE57"),
    "warn-tint": ("#FFF6DA", "#322910"),
    "conflict": ("#6A3FA0", "#BFA3EC"),
    "conflict-tint": ("#F4EFFA", "#2A2139"),
}
WORDS = ("ink", "ink-2", "ink-3", "better-ink", "concern-ink", "invalid", "warn", "conflict")
TINTED = {
    "better-ink": "better-tint",
    "concern-ink": "concern-tint",
    "ink-2": "common-tint",
    "invalid": "invalid-tint",
    "warn": "warn-tint",
    "conflict": "conflict-tint",
}
MARKS = ("better", "concern", "common", "edge")
THEMES = ("light", "dark")


@pytest.mark.parametrize(("name", "position"), [("light", 0), ("dark", 1)])
def test_every_token_has_the_designs_value(name, position):
    assert theme(name) == {token: values[position] for token, values in DESIGN.items()}


def test_the_systems_dark_and_the_readers_dark_are_one():
    sheet = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    by_system = sheet.split(':root:not([data-theme="light"]) {')[1].split("}")[0]
    by_choice = sheet.split(".theme-dark {")[1].split("}")[0]
    assert by_system.split() == by_choice.split()


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("surface", ["canvas", "sunken"])
@pytest.mark.parametrize("word", WORDS)
def test_words_can_be_read_on_the_page_and_on_grey(name, surface, word):
    assert contrast(theme(name)[word], theme(name)[surface]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("word", "tint"), TINTED.items())
def test_words_can_be_read_on_their_own_tint(name, word, tint):
    assert contrast(theme(name)[word], theme(name)[tint]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_text_on_ink_can_be_read(name):
    assert contrast(theme(name)["on-ink"], theme(name)["ink"]) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("shape", MARKS)
def test_marks_and_field_borders_can_be_seen(name, shape):
    assert contrast(theme(name)[shape], theme(name)["canvas"]) >= 3


def test_green_is_not_used():
    green = []
    for path in sorted((settings.BASE_DIR / "static/css").glob("*.css")):
        for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text()):
            red, leaf, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
            hue, _, saturation = rgb_to_hls(red, leaf, blue)
            if saturation > 0.2 and 75 <= hue * 360 <= 185:
                green.append((path.name, colour))
    assert green == []


def test_only_the_token_sheet_names_colours():
    others = [path for path in (settings.BASE_DIR / "static/css").glob("*.css") if path.name != "tokens.css"]
    assert {path.name: re.findall(r"#[0-9A-Fa-f]{3,8}\b", path.read_text()) for path in others} == {
        path.name: [] for path in others
    }


def test_the_style_page_prints_every_token():
    assert [token for token, _, _ in USES] == list(DESIGN)


def test_the_style_page_prints_the_ratios_of_the_picture():
    printed = {token.name: token.words for token in tokens("light")}
    assert printed["canvas"] == "ink 17.8"
    assert printed["edge"] == "3.4"
    assert printed["better-tint"] == "text 6.9"
    assert printed["line"] == "decoration"


def test_black_on_white_is_twenty_one_to_one():
    assert contrast("#000000", "#FFFFFF") == 21
