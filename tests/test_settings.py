"""Where settings come from, which wins, and what is said of one that cannot be used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from testimonia.errors import InputError
from testimonia.settings import Settings, load


def test_defaults(tmp_path: Path) -> None:
    settings = load(folder=tmp_path, environment={})
    assert (settings.base, settings.max_size, settings.timeout) == (Path("archive.db"), 32, 120)
    assert settings.jobs >= 1
    assert settings.limit == 32_000_000
    assert settings == Settings()


def test_what_is_given_wins_over_environment_over_file(tmp_path: Path) -> None:
    (tmp_path / "testimonia.toml").write_text('base = "file.db"\ntimeout = 1.5\njobs = 2\nmemory = 900\n')
    environment = {"TESTIMONIA_TIMEOUT": "2", "TESTIMONIA_JOBS": "3", "TESTIMONIA_DATA": "/data", "PATH": "x"}
    settings = load({"jobs": 4, "base": None}, tmp_path, environment)
    assert settings == Settings(base=Path("file.db"), timeout=2.0, jobs=4, memory=900)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("job = 2", "there is no setting job. Settings: base, max_size, timeout, memory, jobs."),
        ("jobs = 0", "0 is not a whole number above 0"),
        ('jobs = "many"', "'many' is not a whole number above 0"),
        ("jobs = true", "True is not a whole number above 0"),
        ("timeout = -1", "-1 is not a number above 0"),
        ("timeout = inf", "inf is not a number above 0"),
        ("timeout = nan", "nan is not a number above 0"),
        ("base = 3", "3 is no file name"),
        ('base = ""', "'' is no file name"),
        ("timeout", "this is no TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "testimonia.toml").write_text(line)
    with pytest.raises(InputError) as caught:
        load(folder=tmp_path, environment={})
    assert said in str(caught.value)
    assert "testimonia.toml" in str(caught.value)


def test_an_unknown_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"TESTIMONIA_TIMOUT.*Settings: TESTIMONIA_BASE, TESTIMONIA_MAX_SIZE"):
        load(folder=tmp_path, environment={"TESTIMONIA_TIMOUT": "2"})


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "testimonia.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no TOML"):
        load(folder=tmp_path, environment={})


def test_settings_import_nothing_heavy() -> None:
    code = (
        "import sys, testimonia.settings; sys.exit(bool({'sqlalchemy', 'rich', 'typer', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
