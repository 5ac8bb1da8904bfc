"""Mapping files: what they may say."""

from pathlib import Path

import pytest

from graph.sources import BadMapping
from graph.sources.mapping import OTHERS, UNITS, Cell, load_mapping

SOUND = """
[source]
files = ["*.csv"]
[[tables]]
table = "creators"
[tables.columns]
id = "key"
handle = { column = "key", prefix = "x-" }
region = { constant = "US" }
"""


def _load(tmp_path: Path, text: str) -> object:
    path = tmp_path / "m.toml"
    path.write_text(text)
    return load_mapping(path)


def test_a_sound_mapping(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(SOUND)
    mapping = load_mapping(path)
    [target] = mapping.targets
    assert (target.table, target.cells["id"], target.cells["region"]) == (
        "creators",
        Cell("key", handle=True),
        Cell(constant="US", handle=False),
    )
    assert (mapping.takes("a.csv"), mapping.takes("a.tsv"), mapping.source_columns) == (True, False, {"key"})


@pytest.mark.parametrize(
    ("creator", "told"),
    [
        ('id = "name"\nhandle = "name"', (True, True, True)),
        ('id = { column = "name", prefix = "x:" }\nhandle = "name"', (True, True, True)),
        ('id = { column = "name", handle = true }\nhandle = "nick"', (True, True, True)),
        ('id = "key"\nhandle = "name"', (False, False, False)),
        ('id = { column = "name", handle = false }\nhandle = "name"', (False, False, False)),
    ],
)
def test_who_is_known_by_user_name_is_so_wherever_referred_to(creator: str, told: tuple[bool, ...], tmp_path: Path) -> None:
    more = '[[tables]]\ntable = "mentions"\n[tables.columns]\ncontent_id = "video"\ncreator_id = "{}"\n'
    text = f'[source]\nfiles = ["*"]\n[[tables]]\ntable = "creators"\n[tables.columns]\n{creator}\nregion = {{ constant = "US" }}\n'
    path = tmp_path / "m.toml"
    path.write_text(text + more.format("name") + more.format("other"))
    creators, same, other = load_mapping(path).targets
    assert (creators.cells["id"].handle, same.cells["creator_id"].handle, other.cells["creator_id"].handle) == told
    assert not same.cells["content_id"].handle


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[source]", "[sauce]", r"m\.toml: sauce = .*: it is not a key of this section; its keys are source, tables"),
        ('files = ["*.csv"]', "", r"m\.toml \[source\]: files = .* is a list of texts"),
        ('files = ["*.csv"]', 'files = "x.csv"', "is a list of texts in quotes"),
        ('files = ["*.csv"]', 'files = ["*.csv"]\ndelimiter = ";;"', "delimiter = ;;: it is one character"),
        ('files = ["*.csv"]', 'files = ["*.csv"]\nencoding = "latin-99"', "encoding = latin-99: it is the name of a text encoding"),
        ('files = ["*.csv"]', 'files = ["*.csv"]\nskip_lines = "two"', "skip_lines = two: it is a whole number"),
        ("[[tables]]", "[tables]", r"write \[\[tables\]\]"),
        ('"creators"', '"creator"', r"table = creator: it is one of categories, brands"),
        ('id = "key"', 'ide = "key"', r"\[columns\]: ide = key: it is not a key of this section; its keys are id, open_id"),
        ('region = { constant = "US" }', "", r"region = \(nothing\): it is required"),
        ('{ constant = "US" }', '{ constant = "US", column = "r" }', "has either a column, columns or a constant"),
        ('{ constant = "US" }', "{ }", "has either a column, columns or a constant"),
        ('{ constant = "US" }', '{ column = "r", unit = "stones" }', "unit = stones: it is one of percent"),
        ('{ constant = "US" }', '{ column = "r", other = "guess" }', "other = guess: it is one of reject, keep, empty"),
        ('{ constant = "US" }', '{ column = "r", colour = "red" }', "colour = red: it is not a key of this section"),
        ('{ constant = "US" }', "7", "is a section"),
        ('{ constant = "US" }', '{ column = "r", values = 3 }', "is a section"),
        ("[source]", "[source", "a mapping is a TOML file"),
        ('files = ["*.csv"]', 'files = ["*.csv"]\nzone = "Mars/Base"', "zone = Mars/Base: it is UTC, an offset such as"),
        ('files = ["*.csv"]', 'files = ["*.csv"]\nzone = "+25:00"', "zone = .*: it is UTC, an offset such as"),
        ('files = ["*.csv"]', 'files = ["*.csv"]\ndecimal = ";"', 'decimal = ;: it is "." or ","'),
        ('{ constant = "US" }', '{ column = "r", date = "%Q" }', "date = %Q: it is iso, or written in the codes of strptime"),
        ('{ constant = "US" }', '{ column = "r", handle = "yes" }', "handle = yes: it is true or false"),
    ],
)
def test_errors_say_what_and_where(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SOUND
    with pytest.raises(BadMapping, match=message):
        _load(tmp_path, SOUND.replace(old, new))


def test_a_missing_mapping(tmp_path: Path) -> None:
    with pytest.raises(BadMapping, match="a mapping is a TOML file"):
        load_mapping(tmp_path / "none.toml")


def test_the_documentation_names_every_key_and_unit() -> None:
    text = (Path(__file__).parents[3] / "docs" / "mappings" / "README.md").read_text("utf-8")
    names = [
        *UNITS,
        *OTHERS,
        *Cell.__slots__,
        "files",
        "encoding",
        "delimiter",
        "skip_lines",
        "list",
        "zone",
        "decimal",
        "empty",
        "for_each",
    ]
    assert [name for name in names if f"`{name}`" not in text and f"\n{name} = " not in text] == []
