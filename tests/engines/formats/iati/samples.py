"""Minimal IATI activities read as sheets, for the tests of each part of the reader."""

from explor.engines.formats.iati import read_activities


def reading(inside, attributes='default-currency="EUR"'):
    """Return the reading of the only activity of a file, whose elements are `inside`."""
    text = f'<iati-activities version="2.03"><iati-activity {attributes}>{inside}</iati-activity></iati-activities>'  # noqa: E501
    (read,) = read_activities(text.encode())
    return read


def notes(read):
    return [note.text for note in read.notes]
