from gongyue.kernel import rooms


class DisclosureConfig(rooms.Room):
    name = "gongyue.disclosure"
