"""Analysers: pure functions from documents to findings."""
