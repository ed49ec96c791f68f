from gongyue.kernel import rooms


class KernelConfig(rooms.Room):
    name = "gongyue.kernel"
