"""What the room's actions take."""
