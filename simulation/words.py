"""Names and titles: what creators, brands, products and posts are called."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulation.chance import Ints, Texts


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ADJECTIVES: Final = _words(
    "amber bold brave bright calm clever cosy crisp daily dapper eager easy fancy fresh gentle glossy golden happy honest "
    "jolly keen kind little lively lucky mellow merry mighty modern neat noble nimble plain polite proud quick quiet rosy "
    "shiny silver simple smart snowy soft sunny swift tidy urban vivid warm wild witty zesty"
)
NOUNS: Final = _words(
    "anna basket bella bento bird bloom breeze cat closet cloud corner daisy deals diary dino finds fox garden girl haul "
    "honey jade kitchen koala lab leo lemon lily linh maya mia minh momo nest nova otter panda peach picks pixel putri rara "
    "river robin room sam sari shelf siti sky sofia star studio tiger tofu vibes wren yuki zoe"
)
SYLLABLES: Final = _words("al be cor da el fi gra ho in ju ka lu mo na or pe qui ra so ta ul ve wa xi yo ze")
LINES: Final = _words(
    "Air Basic Classic Daily Everyday Flex Glow Home Light Lux Max Mini Nature Original Plus Prime Pure Soft Travel Ultra"
)
POSTS: Final = (
    "Three weeks with it",
    "Is it worth the money?",
    "Get ready with me",
    "What I ordered and what came",
    "You asked, here it is",
    "My honest review",
    "Five ways to use it",
    "Restocked at last",
    "Packing for the weekend",
    "Unboxing, first look",
    "Do not buy before you watch this",
    "Morning routine",
    "Small room, big change",
    "Trying the one that everyone has",
    "Questions and answers",
    "Live: today's picks",
    "Live: deals until midnight",
    "Before and after",
    "A gift that people kept",
    "Wait for the end",
)


def handles(rng: np.random.Generator, count: int) -> Texts:
    """Return `count` user names, no two alike."""
    pairs = len(ADJECTIVES) * len(NOUNS)
    place = rng.permutation(count)
    first = np.array(ADJECTIVES)[place % len(ADJECTIVES)]
    second = np.array(NOUNS)[place // len(ADJECTIVES) % len(NOUNS)]
    number = np.where(place < pairs, "", np.char.add("_", (place // pairs + 1).astype(str)))
    return np.char.add(np.char.add(np.char.add(first, "."), second), number)


def brand_names(rng: np.random.Generator, count: int) -> Texts:
    """Return `count` names of brands, no two alike."""
    syllables = np.array(SYLLABLES)
    base = len(syllables)
    place = rng.permutation(max(count, base**3 // 2))[:count] * 2
    words = np.char.add(np.char.add(syllables[place % base], syllables[place // base % base]), syllables[place // base**2 % base])
    number = np.where(place < base**3, "", np.char.add(" ", (place // base**3 + 1).astype(str)))
    return np.char.add(np.char.capitalize(words), number)


def product_titles(rng: np.random.Generator, brand: Texts, kind: Texts) -> Texts:
    """Return a title for each product of a brand: `Coraldi Travel Lip gloss 3`."""
    line = np.array(LINES)[rng.integers(0, len(LINES), len(brand))]
    number = rng.integers(1, 10, len(brand)).astype(str)
    parts = [brand, np.full(len(brand), " "), line, np.full(len(brand), " "), kind, np.full(len(brand), " "), number]
    title = parts[0]
    for part in parts[1:]:
        title = np.char.add(title, part)
    return title


def post_titles(rng: np.random.Generator, count: int) -> Ints:
    """Return the place in POSTS of each post's title; a million texts need not be held."""
    return rng.integers(0, len(POSTS), count)
