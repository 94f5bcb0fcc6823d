"""Emergency contacts: whom to call about somebody who is on a mission abroad."""
