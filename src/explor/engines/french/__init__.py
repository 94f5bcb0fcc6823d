"""What people write in French, read as values: amounts of money, dates.

Plain functions without Django: forms, tables, Markdown, JSON and IATI read with the same ones.
"""
