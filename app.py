"""The app: ``python3 tasks.py app``, or ``streamlit run app.py``."""

from pathlib import Path

from sxsh_options.ui import shell

shell.run(Path(__file__).parent / "pages")
