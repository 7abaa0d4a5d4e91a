"""The use-cases that a page, the terminal and a report all call; every number is computed here, once."""
