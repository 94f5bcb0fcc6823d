"""The rules by which an employer lends its people: days, notice, closed periods, approvers."""
