from gongyue.kernel import rooms


class OversightConfig(rooms.Room):
    name = "gongyue.oversight"
