"""The workbench's views: they read, render, and pass what is sent to the one doorway."""
