"""The evidence base: schema, migrations, store, links, verification."""

from testimonia.base.connection import Base, open_base
from testimonia.base.load import Documents, Found, document_ids, document_of, documents, findings_of
from testimonia.base.verify import Verification, verify

__all__ = [
    "Base",
    "Documents",
    "Found",
    "Verification",
    "document_ids",
    "document_of",
    "documents",
    "findings_of",
    "open_base",
    "verify",
]
