from gongyue.kernel import rooms


class PartiesConfig(rooms.Room):
    name = "gongyue.parties"
