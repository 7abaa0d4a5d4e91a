"""Numbers as people write them: ``1.234.567``, ``12,5``, ``1 234 567,5``, ``1e6``, ``1 tỷ 200 triệu``.

Two styles are in use: *comma decimal* (Vietnamese: ``1.234,5``) and *dot decimal* (English: ``1,234.5``).
Most numbers tell which one they are in. One that could be read both ways (``1.234``, ``1,234``) is never
guessed: it is ambiguous until the style is known, for instance from another cell of the same file.
Words for powers of ten may stand behind a number, in Vietnamese or English; `docs/numbers.md` has the rules.
"""

from sxsh_options.numerals.notation import Reading, Reason, Style, StyleEvidence, infer_style
from sxsh_options.numerals.phrases import Phrase, has_magnitude_word, read_phrase
from sxsh_options.numerals.reading import Column, read_column, read_number, settled

__all__ = [
    "Column",
    "Phrase",
    "Reading",
    "Reason",
    "Style",
    "StyleEvidence",
    "has_magnitude_word",
    "infer_style",
    "read_column",
    "read_number",
    "read_phrase",
    "settled",
]
