"""The glossary's page."""
