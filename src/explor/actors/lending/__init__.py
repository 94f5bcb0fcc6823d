"""The rules under which an employer releases its staff: days, notice, closed periods, approvers."""
