"""What the actions of delivery take, a module a family of kinds."""
