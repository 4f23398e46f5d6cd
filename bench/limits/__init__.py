"""The limits: the same work with nothing around it. They are kept as fast as we know how; never tune one down."""
