from __future__ import annotations

import pytest
from neo4j import AsyncDriver

from graph.recommendations.search import Match, matching_categories, within
from tests.graph.recommendations.conftest import BRAND, Reader

SHELF = """
CREATE (beauty:Category {id: 'beauty', name: 'Beauty'})<-[:CHILD_OF]-(lips:Category {id: 'lips', name: 'Lip gloss'}),
       (home:Category {id: 'home', name: 'Home'})
CREATE (:Product {id: 'p1', title: 'Red gloss'})-[:IN_CATEGORY]->(lips),
       (:Product {id: 'p2', title: 'Gloss, clear'})-[:IN_CATEGORY]->(lips),
       (:Product {id: 'p3', title: 'Teapot'})-[:IN_CATEGORY]->(home), (:Product {id: 'p4', title: 'Gloss of no category'})
"""


async def test_names_and_titles_lead_to_categories(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(SHELF)
    assert await matching_categories(reader(BRAND), "GLOSS") == [Match("lips", 3, 1.0)]
    assert [each.category for each in await matching_categories(reader(BRAND), "a teapot for home")] == ["home"]
    assert [each.category for each in await matching_categories(reader(BRAND), "gloss teapot")] == ["lips", "home"]
    assert [each.category for each in await matching_categories(reader(BRAND), "teapots")] == ["home"]
    assert [each.category for each in await matching_categories(reader(BRAND), "glosses")] == ["lips"]


@pytest.mark.parametrize("text", ["", "zzz", "*", "title:gloss AND", '"', "a OR", "(((", "\\"])
async def test_what_means_something_to_the_index_is_only_words(graph: AsyncDriver, reader: Reader, text: str) -> None:
    await graph.execute_query(SHELF)
    found = await matching_categories(reader(BRAND), text)
    assert [each.category for each in found] == (["lips"] if "gloss" in text else [])


async def test_categories_within_one_are_itself_and_what_is_below(graph: AsyncDriver, reader: Reader) -> None:
    await graph.execute_query(SHELF)
    assert await within(reader(BRAND), ["lips", "beauty", "home"], "beauty") == {"lips", "beauty"}
    assert await within(reader(BRAND), ["lips"], "none such") == set()
