"""Sources of money: whom they help and with how much, by rules of law that change by date."""

from sxsh_options.funding.matching import Match, match
from sxsh_options.funding.register import Register, default_register, read_register

__all__ = ["Match", "Register", "default_register", "match", "read_register"]
