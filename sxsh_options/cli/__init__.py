"""The terminal: the same services as the screens, from a shell or a script."""

from sxsh_options.cli.command import main

__all__ = ["main"]
