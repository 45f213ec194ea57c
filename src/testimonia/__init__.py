"""Testimonia: whose words are these, where did they come from, and do the accounts agree?"""

__version__ = "0.1.0"
