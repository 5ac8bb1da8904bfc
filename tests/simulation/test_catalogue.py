"""What is for sale: a tree of categories, brands of all sizes, prices of each currency."""

import numpy as np

from simulation import Market
from simulation.catalogue import TREE, categories


def test_the_tree_has_one_root_a_branch_and_leaves_below_branches() -> None:
    tree = categories()
    by_id = dict(zip(tree.id.tolist(), range(len(tree.id)), strict=True))
    assert (tree.parent == "0").sum() == len(TREE)
    for index, parent in enumerate(tree.parent.tolist()):
        assert parent == "0" or (by_id[parent] < index and not tree.leaf[by_id[parent]])
        assert parent == "0" or tree.top[by_id[parent]] == tree.top[index]


def test_products_stand_in_leaves_of_their_brands_branch(made: Market) -> None:
    goods = made.world.goods
    assert goods.categories.leaf[goods.products.category].all()
    assert (goods.categories.top[goods.products.category] == goods.brands.top[goods.products.brand]).all()
    assert (goods.brands.region[goods.products.brand] == goods.products.region).all()


def test_prices_are_asked_in_steps_of_the_currency(made: Market) -> None:
    things = made.world.goods.products
    codes = np.array([region.currency for region in made.world.regions])[things.region]
    assert (things.price[codes == "VND"] % 1_000 == 0).all()
    assert (things.price[codes == "IDR"] % 100 == 0).all()
    assert np.allclose(things.price[codes == "USD"] % 1, 0.99)
    assert (things.price_high >= things.price).all()


def test_brands_differ_in_size_and_each_region_has_some(made: Market) -> None:
    brands = made.world.goods.brands
    assert brands.size.max() > 5 * np.median(brands.size)
    assert len(np.unique(brands.region)) == len(made.world.regions)
    assert np.bincount(made.world.goods.products.brand).min() >= 2
