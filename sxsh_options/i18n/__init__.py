"""Vietnamese and English: the only place where numbers, codes and reasons become words."""

from sxsh_options.i18n.formats import ENGLISH, NO_BREAK_SPACE, VIETNAMESE, Style
from sxsh_options.i18n.texts import LANGUAGES, Entry, Lang, Texts
from sxsh_options.i18n.wording import FormulaText, Wording, within

__all__ = [
    "ENGLISH",
    "LANGUAGES",
    "NO_BREAK_SPACE",
    "VIETNAMESE",
    "Entry",
    "FormulaText",
    "Lang",
    "Style",
    "Texts",
    "Wording",
    "within",
]
