"""The admissibility of a need: rules, questions, papers, supplements, notes, verdict."""
