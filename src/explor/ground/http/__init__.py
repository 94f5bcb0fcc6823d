"""What a request carries, and what every answer has in common."""
