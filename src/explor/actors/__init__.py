"""The participants and their data: networks, organisations, experts and projects."""
