"""User names as they are kept."""

import pytest

from graph.sources.handles import handle


@pytest.mark.parametrize(
    ("text", "kept"), [("@Ann.B", "Ann.B"), (" ann ", "ann"), ("@@ann", "ann"), ("", None), (" @ ", None), (None, None)]
)
def test_handle(text: str | None, kept: str | None) -> None:
    assert handle(text) == kept
