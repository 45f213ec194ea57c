"""Parts of speech and dependency trees (Universal Dependencies) of chosen sentences: the ground of indirect speech."""

from __future__ import annotations

from testimonia.analysers.syntax.parser import Parser, parser
from testimonia.analysers.syntax.trees import Tree

__all__ = ["Parser", "Tree", "parser"]
