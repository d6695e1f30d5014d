"""torch._custom_ops: registrations that no model depends on."""
