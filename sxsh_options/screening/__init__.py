"""Evaluation of all options at once: valuation, indicators, ranking, scores, questions, reasons."""
