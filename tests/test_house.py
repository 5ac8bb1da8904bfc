"""The rules of the house that a machine can check."""

import ast
import re
import subprocess
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Final

import grimp
import networkx as nx
import pytest

from bench.__main__ import BENCHMARKS

ROOT: Final = Path(__file__).parents[1]
PACKAGES: Final = ("api", "graph", "scoring", "simulation", "validation", "creatorgraph")
PRODUCT: Final = (*PACKAGES, "clients")
LINES_IN_A_MODULE: Final = 300
LINES_IN_A_FUNCTION: Final = 45
REGISTRIES: Final = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "maven" + ".org", "repo1" + ".", "crates" + ".io")


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the repository; in a copy without git, those on disk."""
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    assert listed.returncode == 0, listed.stderr
    return [path for path in (ROOT / line for line in listed.stdout.splitlines()) if path.is_file()]


def modules() -> list[Path]:
    return tracked("*.py")


def functions(file: Path) -> Iterator[tuple[str, int]]:
    for each in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            yield each.name, (each.end_lineno or 0) - each.lineno + 1


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {
        str(file.relative_to(ROOT)): count for file in modules() if (count := len(file.read_text("utf-8").splitlines())) > LINES_IN_A_MODULE
    }
    assert long == {}


def test_no_function_of_the_product_is_longer_than_a_screen() -> None:
    product = [file for file in modules() if file.relative_to(ROOT).parts[0] in PRODUCT]
    long = {f"{file.relative_to(ROOT)}:{name}": size for file in product for name, size in functions(file) if size > LINES_IN_A_FUNCTION}
    assert long == {}


def test_no_module_is_named_for_nothing() -> None:
    nothing = re.compile(r"^(utils?|helpers?|manager|common|misc)$")
    assert [str(file) for file in modules() if nothing.match(file.stem)] == []


def test_every_module_and_every_public_function_says_what_it_promises() -> None:
    silent: list[str] = []
    for file in modules():
        if file.relative_to(ROOT).parts[0] in PRODUCT:
            tree = ast.parse(file.read_text("utf-8"))
            silent += [str(file.relative_to(ROOT))] if tree.body and not ast.get_docstring(tree) else []
            silent += [
                f"{file.relative_to(ROOT)}:{each.name}"
                for each in tree.body
                if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not each.name.startswith("_")
                and not ast.get_docstring(each)
            ]
    assert silent == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "graph/server/jars.lock"])
def test_locks_carry_checksums_and_no_addresses(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert len(re.findall(r"\b[0-9a-f]{64}\b", text)) >= 50


def test_nothing_names_a_package_registry() -> None:
    named = [
        f"{file.relative_to(ROOT)}: {host}"
        for file in tracked()
        if file.suffix not in (".png", ".svg", ".woff2", ".gz", ".parquet")
        for host in REGISTRIES
        if host in file.read_text("utf-8", errors="replace")
    ]
    assert named == []


def test_what_a_folders_tests_share_ends_with_the_folder() -> None:
    """Without a package, pytest keeps a fixture of the scope `package` until the session ends, and what it serves runs on."""
    shared = [file for file in tracked() if file.suffix == ".py" and "(scope=" + '"package"' in file.read_text("utf-8")]
    assert shared != []
    assert [str(file.relative_to(ROOT)) for file in shared if not (file.parent / "__init__.py").exists()] == []


def test_the_two_commands_and_ci_are_what_they_are_called() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert {"run:", "test:", "bench:"} <= {line.split(" ")[0] for line in makefile.splitlines()}
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_no_circle_of_imports_even_for_types() -> None:
    found = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = nx.DiGraph((each, imported) for each in found.modules for imported in found.find_modules_directly_imported_by(each))
    assert [sorted(each) for each in nx.strongly_connected_components(imports) if len(each) > 1] == []


def test_no_type_of_the_api_is_declared_twice() -> None:
    """A feature answers with its GraphQL types; a class of the same name beside them would have to be kept alike by hand."""
    declared: dict[str, list[str]] = {}
    for file in tracked("api/features/*.py", "api/graphql/*.py"):
        for each in ast.parse(file.read_text("utf-8")).body:
            if isinstance(each, ast.ClassDef) and each.name not in ("Query", "Mutation", "Subscription"):
                declared.setdefault(each.name, []).append(str(file.relative_to(ROOT)))
    assert len(declared) > 150
    assert {name: files for name, files in declared.items() if len(files) > 1} == {}


def test_files_of_sqlite_are_opened_in_one_way() -> None:
    """Opened in any other, a process can lose its locks of a file without a word."""
    product = [file for file in modules() if file.relative_to(ROOT).parts[0] in PRODUCT]
    assert [str(file.relative_to(ROOT)) for file in product if "sqlite3.connect(" in file.read_text("utf-8")] == ["api/access/sqlite.py"]


@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_benchmark_can_be_run(name: str) -> None:
    assert callable(import_module(f"bench.{name}").report)
