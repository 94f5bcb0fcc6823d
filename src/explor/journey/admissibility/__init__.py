"""The admissibility of a need: rules read, questions judged, papers, supplements, notes."""
