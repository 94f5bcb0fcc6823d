"""The ministry's travel advice on places, as read and recorded by officers with the date."""
