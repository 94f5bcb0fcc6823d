"""Which legal leave schemes let an employee leave work to go on a mission."""
