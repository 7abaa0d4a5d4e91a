"""The Streamlit side of the screens: state, language, look, and the parts that pages are composed of."""
