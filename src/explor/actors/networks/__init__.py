"""The RRMAs, their regions and officers."""
