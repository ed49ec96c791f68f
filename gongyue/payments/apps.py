from gongyue.kernel import rooms


class PaymentsConfig(rooms.Room):
    name = "gongyue.payments"
