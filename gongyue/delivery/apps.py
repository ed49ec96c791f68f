from gongyue.kernel import rooms


class DeliveryConfig(rooms.Room):
    name = "gongyue.delivery"
