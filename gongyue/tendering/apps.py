from gongyue.kernel import rooms


class TenderingConfig(rooms.Room):
    name = "gongyue.tendering"
