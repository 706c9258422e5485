"""The place of a part of a text: the boxes that it covers, in time that does not grow with the text."""

from __future__ import annotations

from mingzhang.cube import Paragraph, Source

ANCHORS = tuple(
    (offset, Source(page=page, bbox=(10.0 * offset, 0.0, 10.0 * offset + 10, 12.0)))
    for offset, page in ((0, 1), (2, 1), (4, 1), (6, 2))
)
PARAGRAPH = Paragraph("甲甲乙乙丙丙丁丁", ANCHORS[0][1], ANCHORS)


def test_the_boxes_of_a_part_are_united() -> None:
    place = PARAGRAPH.at(1, 5)
    assert (place.page, place.bbox, place.quote) == (1, (0.0, 0.0, 50.0, 12.0), "甲乙乙丙")


def test_over_a_page_break_it_is_the_first_page() -> None:
    place = PARAGRAPH.at(4, 8)
    assert (place.page, place.bbox, place.quote) == (1, (40.0, 0.0, 50.0, 12.0), "丙丙丁丁")
    assert PARAGRAPH.at(7, 8).page == 2


def test_without_anchors_it_is_the_whole_paragraph() -> None:
    assert Paragraph("甲乙", Source(line=3)).at(1, 2) == Source(line=3, quote="乙")
    assert PARAGRAPH.at(3, 3) == Source(page=1, bbox=ANCHORS[1][1].bbox, quote="")
