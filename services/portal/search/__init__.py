"""Search: one question over clients, work and papers, asked of all services side by side."""
