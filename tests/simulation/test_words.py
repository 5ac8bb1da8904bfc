"""Names: no two creators or brands alike."""

import numpy as np

from simulation.words import brand_names, handles, product_titles


def test_names_are_unique_in_any_number() -> None:
    for count in (1, 500, 20_000):
        rng = np.random.default_rng(1)
        assert len(np.unique(handles(rng, count))) == count
        assert len(np.unique(brand_names(rng, count))) == count


def test_handles_are_written_as_they_are_compared() -> None:
    some = handles(np.random.default_rng(2), 5_000)
    assert all(str(name) == str(name).strip().lower() and "@" not in name for name in some)


def test_a_title_names_brand_and_kind() -> None:
    (title,) = product_titles(np.random.default_rng(1), np.array(["Coraldi"]), np.array(["Lip gloss"]))
    assert title.startswith("Coraldi ")
    assert " Lip gloss " in title
