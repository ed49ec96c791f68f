from gongyue.kernel import rooms


class ContractsConfig(rooms.Room):
    name = "gongyue.contracts"
