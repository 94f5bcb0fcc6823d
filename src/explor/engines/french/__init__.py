"""Reading of French as people write it: words, amounts of money, dates, places.

Plain functions without Django: forms, tables, Markdown, JSON and IATI read with the same ones.
"""
