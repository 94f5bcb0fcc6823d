"""The functions that check SIREN, SIRET and RNA numbers, imported from the engines."""

from explor.engines.formats.grants import check_rna, check_siren, check_siret

__all__ = ["check_rna", "check_siren", "check_siret"]
