"""The ministry's travel advice on places, as officers read and recorded it on dated days."""
