"""Assessments in a relational database: SQLite in the user's data folder."""
