"""Mapping files: what they may say."""

from pathlib import Path

import pytest

from graph.sources import BadMapping
from graph.sources.mapping import OTHERS, UNITS, Cell, load_mapping, mapping_from

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
        ('{ constant = "US" }', '{ column = "r", date = "%d %d" }', r"date = %d %d: it is iso, or written .*, each once \(redefinition"),
        ('{ constant = "US" }', '{ column = "r", handle = "yes" }', "handle = yes: it is true or false"),
    ],
)
def test_errors_say_what_and_where(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in SOUND
    with pytest.raises(BadMapping, match=message):
        _load(tmp_path, SOUND.replace(old, new))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"x = {'[' * 20_000}", r"^m: x = \[{21}: lists and sections in each other: at most 20; write fewer, or close them$"),
        (f"x = {'{x=' * 9_000}", "lists and sections in each other: at most 20"),
        (f'x = ["""a"""", {"[" * 20_000}', "lists and sections in each other: at most 20"),
        (f"a{'.a' * 24_000} = 1", r"^m: a\.a\..*…: a key of 24,000 points: it has at most 10; write a name that has points in quotes$"),
        (f'"a"{" . b" * 9_000} = 1', "a key of 9,000 points"),
        (
            f"x = {'1' * 5_000}",
            "^m: a number of more than 4,300 digits: .* is at most 9,223,372,036,854,775,807; write a longer one in quotes$",
        ),
        (f"x = [0x{'f' * 8_000}]", "^m: x: a whole number of 32,000 bits: it is at most 9,223,372,036,854,775,807; write a longer one"),
    ],
    ids=["lists", "sections", "after-a-string", "points", "spaced-points", "digits", "bits"],
)
def test_what_no_mapping_needs_is_refused(line: str, message: str) -> None:
    with pytest.raises(BadMapping, match=message):
        mapping_from(f"{line}\n{SOUND}", "m")


def test_points_and_brackets_in_quotes_and_comments_are_text() -> None:
    points, brackets = "a.b" * 30, "[" * 30
    quoted = f"id = \"{points}\\\"{brackets}\" # {points}{brackets}\nnickname = '''{brackets}'\n'''"
    mapping = mapping_from(SOUND.replace('id = "key"', quoted), "m")
    assert mapping.source_columns == {"key", f'{points}"{brackets}', f"{brackets}'\n"}


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
