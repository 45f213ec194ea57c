"""The README is true: every command it shows runs, and so does its Python."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from testimonia import sample

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


COMMANDS = [line.removeprefix(".venv/bin/") for block in blocks("sh") for line in block.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive as the README supposes, read into archive.db and demo.db."""
    made = tmp_path_factory.mktemp("readme")
    shutil.copytree(sample.folder(), made / "my-archive")
    for base in ("archive.db", "demo.db"):
        run(f"testimonia read my-archive/ --base {base}", made)
    return made


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "testimonia"
    done = subprocess.run(
        [sys.executable, "-m", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("testimonia") and " serve " not in c])
def test_commands(command: str, folder: Path) -> None:
    assert run(command, folder).stdout.strip()


@pytest.mark.parametrize("command", [c for c in COMMANDS if " serve " in c])
def test_serve(command: str, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", *shlex.split(command), "--port", "8799"], cwd=folder, stdout=subprocess.PIPE, text=True
    )
    try:
        for _ in range(100):
            try:
                with urllib.request.urlopen("http://127.0.0.1:8799/documents", timeout=10) as answer:
                    assert answer.status == 200
                    break
            except OSError:
                time.sleep(0.1)
        else:
            pytest.fail("the app did not answer")
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=20)
    assert "http://127.0.0.1:8799/" in said


@pytest.mark.parametrize("command", [c for c in COMMANDS if not c.startswith("testimonia")])
def test_make_targets_exist(command: str) -> None:
    words = command.split()
    assert words[0] == "make"
    assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_python(folder: Path) -> None:
    for block in blocks("python"):
        done = subprocess.run([sys.executable, "-c", block], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_links_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
            assert target.startswith("http") or (page.parent / target).exists(), f"{page.name}: {target}"
