"""The first day of a network: its members brought in; transfers and doubles afterwards."""
