"""Pages of a PDF with the characters of each record boxed, as the reader placed them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.source import Box, PageImage
from extractor.writers.page.cards import Card


class Boxed(NamedTuple):
    """`first`: the box that a card leads to."""

    card: Card
    box: Box
    first: bool


class PageView(NamedTuple):
    image: PageImage
    address: str
    boxes: list[Boxed]


def views(images: Iterable[PageImage], kinds: dict[str, list[Card]]) -> list[PageView]:
    """Long records below short ones, so that each can be pointed at."""
    boxes: dict[int, list[Boxed]] = {}
    for page, boxed in _boxes([card for cards in kinds.values() for card in cards]):
        boxes.setdefault(page, []).append(boxed)
    for found in boxes.values():
        found.sort(key=lambda boxed: -len(boxed.card.record.text))
    return [
        PageView(image, f"data:image/png;base64,{b64encode(image.data).decode()}", boxes.get(image.page, []))
        for image in images
    ]


def _boxes(cards: Sequence[Card]) -> Iterator[tuple[int, Boxed]]:
    for card in cards:
        placed = [piece for piece in card.record.source if piece.page and piece.box]
        for i, piece in enumerate(placed):
            if piece.page and piece.box:
                yield piece.page, Boxed(card, piece.box, i == 0)
