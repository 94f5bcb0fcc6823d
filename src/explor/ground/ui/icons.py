"""SVG icons made of strokes on a 16 x 16 grid, always shown beside a word."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

ICONS = {
    "good": "M3 8.5 6.5 12 13 4.5",
    "warn": "M8 2.5 14.5 13.5H1.5ZM8 6.5V9.5M8 11.5V11.6",
    "bad": "M5 1.8H11L14.2 5V11L11 14.2H5L1.8 11V5ZM8 5V8.5M8 10.9V11",
    "info": "M8 1.8A6.2 6.2 0 1 0 8 14.2 6.2 6.2 0 1 0 8 1.8M8 7.2V11.2M8 4.8V4.9",
    "search": "M7 2A5 5 0 1 0 7 12 5 5 0 1 0 7 2M10.7 10.7 14.5 14.5",
    "download": "M8 2V10M4.5 7 8 10.5 11.5 7M2.5 13.5H13.5",
    "print": "M4.5 6V2H11.5V6M4.5 11.5H2V6H14V11.5H11.5M4.5 9.5H11.5V14H4.5Z",
    "calendar": "M2 3.5H14V14H2ZM2 7H14M5 1.5V4.5M11 1.5V4.5",
    "place": "M8 14.5C4.5 10.5 3 8.5 3 6.3A5 5 0 0 1 13 6.3C13 8.5 11.5 10.5 8 14.5M8 5V7.2",
    "person": "M8 2A3 3 0 1 0 8 8 3 3 0 1 0 8 2M2.5 14.5C3.5 10.5 12.5 10.5 13.5 14.5",
    "lock": "M3 7H13V14H3ZM5 7V5A3 3 0 0 1 11 5V7",
    "plus": "M8 3V13M3 8H13",
}
DRAWING = (
    '<svg class="icon" viewBox="0 0 16 16" width="16" height="16" fill="none"'
    ' stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"'
    ' aria-hidden="true" focusable="false"><path d="{}"/></svg>'
)


def icon(name: str) -> SafeString:
    """Return the SVG of the icon `name`, hidden from screen readers, which read the word beside."""
    return format_html(DRAWING, ICONS[name])
