"""``python -m sxsh_options`` is the ``sxsh`` command."""

import sys

from sxsh_options.cli import main

sys.exit(main())
