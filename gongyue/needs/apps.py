from gongyue.kernel import rooms


class NeedsConfig(rooms.Room):
    name = "gongyue.needs"
