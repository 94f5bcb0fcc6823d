"""Parsing of French as people write it: words, amounts of money, dates, places.

Plain functions without Django, shared by forms, tables, Markdown, JSON and IATI.
"""
