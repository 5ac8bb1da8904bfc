"""The table of settings, read from variables."""

from pathlib import Path

import pytest

from api.settings import SETTINGS, SettingRefused, Settings, load, unknown


def test_nothing_set_gives_the_defaults() -> None:
    assert load({}) == Settings()
    assert load({"CREATORGRAPH_PORT": " "}).port == 8000


def test_every_setting_is_described_and_has_a_variable_of_its_own() -> None:
    assert all(row.description.endswith(".") for row in SETTINGS)
    assert len({row.env for row in SETTINGS}) == len(SETTINGS)
    assert all(row.env.startswith(("CREATORGRAPH_", "NEO4J_")) for row in SETTINGS)


def test_values_are_parsed() -> None:
    settings = load(
        {"CREATORGRAPH_PORT": "9_000", "CREATORGRAPH_HOME": "~/x", "CREATORGRAPH_LOG_LEVEL": "DEBUG", "NEO4J_URI": "bolt://db:7687"}
    )
    assert (settings.port, settings.home, settings.log_level, settings.neo4j_uri) == (
        9000,
        Path("~/x").expanduser(),
        "debug",
        "bolt://db:7687",
    )


@pytest.mark.parametrize(
    ("env", "value", "rule"),
    [
        ("CREATORGRAPH_PORT", "70000", "a whole number from 0 to 65,535"),
        ("CREATORGRAPH_PORT", "many", "a whole number from 0 to 65,535"),
        ("CREATORGRAPH_LOG_LEVEL", "loud", "one of debug, info, warning, error"),
        ("NEO4J_URI", "http://db", "bolt://"),
    ],
)
def test_a_refusal_names_value_rule_and_remedy(env: str, value: str, rule: str) -> None:
    with pytest.raises(SettingRefused) as refusal:
        load({env: value})
    message = str(refusal.value)
    assert env in message
    assert repr(value) in message
    assert rule in message
    assert "unset it" in message


def test_a_misspelt_variable_is_found_with_what_was_meant() -> None:
    assert unknown({"CREATORGRAPH_PROT": "1", "CREATORGRAPH_PORT": "1", "CREATORGRAPH_ZZZ": "1", "PATH": "x"}) == {
        "CREATORGRAPH_PROT": "CREATORGRAPH_PORT",
        "CREATORGRAPH_ZZZ": None,
    }


def test_an_issuer_needs_an_audience() -> None:
    issuer = {"CREATORGRAPH_OIDC_ISSUER": "https://login.example.org/"}
    with pytest.raises(SettingRefused, match="CREATORGRAPH_OIDC_AUDIENCE is not"):
        load(issuer)
    found = load({**issuer, "CREATORGRAPH_OIDC_AUDIENCE": "https://a.example, api://b"})
    assert (found.oidc_issuer, found.oidc_audience) == ("https://login.example.org/", ("https://a.example", "api://b"))


@pytest.mark.parametrize("issuer", ["http://login.example.org", "https://a.example/?x=1", "http://127.0.0.1.example", "ftp://localhost"])
def test_an_issuer_is_reached_over_tls_unless_it_is_on_loopback(issuer: str) -> None:
    with pytest.raises(SettingRefused, match="http only on loopback"):
        load({"CREATORGRAPH_OIDC_ISSUER": issuer, "CREATORGRAPH_OIDC_AUDIENCE": "a"})
