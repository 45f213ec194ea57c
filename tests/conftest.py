"""What several tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of development data outside the repository; the test is skipped where it is not given."""
    value = os.environ.get("TESTIMONIA_DATA")
    if not value:
        pytest.skip("TESTIMONIA_DATA is not set: needs the development data")
    folder = Path(value)
    if not (folder / "score").is_dir():
        pytest.skip(f"TESTIMONIA_DATA={value} has no score folder")
    return folder
