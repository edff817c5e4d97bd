"""The records that pass between the stages: frozen values, no behaviour beyond simple look-ups, storable as canonical JSON."""
