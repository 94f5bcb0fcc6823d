"""The keys of SIREN, SIRET and RNA, as the interchange engine knows them."""

from explor.engines.formats.grants import check_rna, check_siren, check_siret

__all__ = ["check_rna", "check_siren", "check_siret"]
