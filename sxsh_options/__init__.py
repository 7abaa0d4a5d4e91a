"""SXSH Options: which cleaner-production option pays, what it avoids, and which one comes first."""

__version__ = "0.1.0"
