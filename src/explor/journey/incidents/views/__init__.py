"""Pages of incidents: `shared` to report, `reseau` for the network, `partenaire` by a link."""
