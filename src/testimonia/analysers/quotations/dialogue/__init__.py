"""Who speaks where the tag gives no name, and whom a pronoun in a tag means (``resolve.Dialogue``)."""
