"""Pictures generated from data: complete, and identical for the same data."""

import pytest

from explor.ground.ui.pictures import DRAWN, MOTIFS, cover, dotted, rings

SQUARE = "M24 12h48v36h-48z"
ISLAND = "M0 0L2 0L2 2z"


def test_absolute_and_relative_line_commands_of_an_svg_path_are_parsed():
    assert rings("M1 2l3 0L4 5zM9 9h1v-2H8V7z") == [
        [(1, 2), (4, 2), (4, 5)],
        [(9, 9), (10, 9), (10, 7), (8, 7), (8, 7)],
    ]


def test_an_svg_outline_is_filled_with_horizontal_dashes():
    assert dotted([SQUARE], height=60) == "M24 12h48M24 24h48M24 36h48"


def test_filling_an_empty_svg_outline_returns_an_empty_path():
    assert dotted([]) == ""


@pytest.mark.parametrize("sector", [*MOTIFS, "UNKNOWN", ""])
def test_the_cover_of_a_sheet_has_a_tint_and_a_motif_for_every_sector(sector):
    drawn = cover(SQUARE, sector=sector, seed="puits")
    assert drawn.tint in DRAWN
    assert all(path.startswith("M") for _, path in drawn.motif)


def test_the_cover_picture_is_always_the_same_for_the_same_sheet():
    assert cover(SQUARE, sector="EAU", seed="a") == cover(SQUARE, sector="EAU", seed="a")
    assert cover(SQUARE, sector="EAU", seed="a") != cover(SQUARE, sector="EAU", seed="b")


@pytest.mark.parametrize("outline", ["", ISLAND])
def test_the_cover_of_a_sheet_in_a_country_without_outline_shows_discs(outline):
    assert cover(outline, sector="EAU", seed="a").country.startswith("M177 74a19")
