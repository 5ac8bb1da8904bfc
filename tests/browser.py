"""The browser in which pages are tested, and the explorer that it opens."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from api.pages.explorer.install import install as build
from api.pages.packages import InstallFailed

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Start Chromium once; where it is missing, tests are skipped on a laptop and fail on CI."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: install the package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest.fixture(scope="session")
def built(cache: Path) -> Path:
    """Have the explorer built; without a network its packages may be a reason to skip, except on CI."""
    try:
        build(cache)
    except InstallFailed as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(error.message)
    return cache


async def violations(page: Page) -> list[str]:
    """Return what axe-core finds: impact, rule and the element that breaks it."""
    found = await Axe().run(page)
    return [f"{each['impact']} {each['id']}: {node['html'][:160]}" for each in found.response["violations"] for node in each["nodes"]]
