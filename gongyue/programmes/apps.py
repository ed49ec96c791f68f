from gongyue.kernel import rooms


class ProgrammesConfig(rooms.Room):
    name = "gongyue.programmes"
