from gongyue.kernel import rooms


class CirculationConfig(rooms.Room):
    name = "gongyue.circulation"
