"""Cost of the pages of the public directory, from 5,000 to 100,000 project sheets."""
