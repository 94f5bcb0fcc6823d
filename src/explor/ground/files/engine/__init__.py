"""Adapter to pyHanko: the sealing key of the installation and the PAdES signature of a PDF.

Import its modules by name: `keys` alone does not load pyHanko.
"""
