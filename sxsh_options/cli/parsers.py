"""Parsers of the command line whose help and faults are in the user's language.

Every option is read as text and judged afterwards, so that one run names all faults of a command line,
and the language is known before the first word of help is needed.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any

from sxsh_options.errors import InputError, Message, message
from sxsh_options.i18n import LANGUAGES, Wording

DEFAULT_LANG = LANGUAGES[0]
_NEGATIVE_NUMBER = re.compile(r"-[.,]?\d")


class _Formatter(argparse.HelpFormatter):
    """Help with the word for "usage" in the user's language."""

    usage_word = ""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, self.usage_word if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that neither prints nor exits: it returns what was given, or raises :class:`InputError`.

    Parameters
    ----------
    wording : Wording
    texts : str
        First part of the codes of its usage, description and epilog.
    """

    def __init__(self, wording: Wording, texts: str) -> None:

        class Formatter(_Formatter):
            usage_word = f"{wording.text('cli.usage_word')} "

        super().__init__(
            prog="sxsh",
            usage=wording.text(f"{texts}.usage"),
            description=wording.text(f"{texts}.description"),
            formatter_class=Formatter,
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self._wording = wording
        self._options: argparse._ArgumentGroup | None = None

    def option(self, *names: str, help_code: str, **settings: Any) -> None:
        """Add an option; its help text has the code ``cli.help.<help_code>``."""
        if self._options is None:  # after the groups that stand before it in the help
            self._options = self.add_argument_group(self._wording.text("cli.options"))
        help_text = self._wording.text(f"cli.help.{help_code}").replace("%", "%%")
        self._options.add_argument(*names, help=help_text, **settings)

    def common_options(self) -> None:
        """Add ``--lang`` and ``--help``."""
        self.option("--lang", help_code="lang", metavar="vi|en")
        self.option("-h", "--help", help_code="help", action="store_true")

    def read(self, arguments: Sequence[str]) -> tuple[argparse.Namespace, list[Message]]:
        """Return the values as texts, and a message for every argument that is not understood."""
        try:
            values, rest = self.parse_known_intermixed_args(self._with_negative_values(arguments))
        except argparse.ArgumentError as error:
            name = error.argument_name or ""
            takes_none = any(a.nargs == 0 for a in self._actions if "/".join(a.option_strings) == name)
            code = "cli.option_takes_no_value" if takes_none else "cli.option_without_value"
            raise InputError(message(code, option=name)) from error
        # what follows an unknown option is most likely its value
        options = [argument for argument in rest if argument.startswith("-")]
        return values, [self._unknown(argument) for argument in options or rest]

    def _with_negative_values(self, arguments: Sequence[str]) -> list[str]:
        """Tie a negative number to the option before it: argparse takes ``-5%`` for an option."""
        taking = {name for action in self._actions if action.nargs != 0 for name in action.option_strings}
        tied: list[str] = []
        for argument in arguments:
            if tied and tied[-1] in taking and _NEGATIVE_NUMBER.match(argument):
                tied[-1] += f"={argument}"
            else:
                tied.append(argument)
        return tied

    def _unknown(self, argument: str) -> Message:
        if not argument.startswith("-"):
            return message("cli.unexpected_argument", argument=argument)
        import difflib

        name = argument.split("=", 1)[0]
        known = [name for action in self._actions for name in action.option_strings]
        nearest = difflib.get_close_matches(name, known, n=1)
        if nearest:
            return message("cli.unknown_option_nearest", option=name, nearest=nearest[0])
        return message("cli.unknown_option", option=name)


def chosen_language(arguments: Sequence[str]) -> tuple[str, list[Message]]:
    """Return the language that the arguments ask for; Vietnamese, and a message, where there is no such."""
    chosen = DEFAULT_LANG
    found: str = chosen
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(arguments):
            found = arguments[index + 1]
        elif argument.startswith("--lang="):
            found = argument.removeprefix("--lang=")
    if found in LANGUAGES:
        return found, []
    return chosen, [message("cli.not_a_choice", option="--lang", value=found, choices=", ".join(LANGUAGES))]


def split_command(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the command (the first argument that is neither an option nor the language) and the rest."""
    language_follows = False
    for index, argument in enumerate(arguments):
        if language_follows:
            language_follows = False
        elif argument == "--lang":
            language_follows = True
        elif not argument.startswith("-"):
            return argument, [*arguments[:index], *arguments[index + 1 :]]
    return None, list(arguments)
