"""Administration of an installation.

It covers networks, funders, roles, accounts, personal links, email addresses that refuse messages,
health of the installation, and the register of processing.
"""
