"""Regional multi-actor networks (RRMA): their territories, settings and officers."""
