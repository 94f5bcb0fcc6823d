"""The rules by which an employer lends its staff: days, notice, closed periods, approvers."""
