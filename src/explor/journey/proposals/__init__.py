"""Proposals of an expert for a seat of a need, the answers of the three parties, the reserve.

The parties are the expert, the association of the need and the expert's employer, if any. The
reserve of a need lists experts kept to replace one who withdraws.
"""
