"""Papers of public bodies past their term: the lists of disposal, the visa of the archives."""
