"""A committee meets: attendance, votes, minutes and their signature."""
