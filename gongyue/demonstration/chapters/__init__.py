"""Stories beside the main line, a module a topic: what an integrator may put into the demonstration."""
