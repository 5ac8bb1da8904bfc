"""The texts of the explorer: each in every language, with the same values, and none that no page shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest

WEB: Final = Path(__file__).parents[2] / "web"
LANGUAGES: Final = ("en", "fr", "id", "th", "vi")
VALUES: Final = re.compile(r"\{(\w+)\}")
BY_NAME: Final = re.compile(r"`((?:\w+\.)+)\$\{")

Texts = dict[str, str | dict[str, str]]


def texts(language: str) -> Texts:
    return json.loads((WEB / "messages" / f"{language}.json").read_text("utf-8"))


def values(text: str | dict[str, str]) -> set[str]:
    return {name for form in ([text] if isinstance(text, str) else text.values()) for name in VALUES.findall(form)}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_is_there_with_the_same_values(language: str) -> None:
    own, english = texts(language), texts("en")
    assert own.keys() == english.keys()
    assert {key: values(text) for key, text in own.items()} == {key: values(text) for key, text in english.items()}
    assert not [key for key, text in own.items() if isinstance(text, dict) and "other" not in text]


def test_no_text_is_left_over() -> None:
    sources = "\n".join(path.read_text("utf-8") for path in (WEB / "src").rglob("*") if path.suffix in (".svelte", ".ts"))
    families = tuple(BY_NAME.findall(sources))
    assert [key for key in texts("en") if f"'{key}'" not in sources and not key.startswith(families)] == []
