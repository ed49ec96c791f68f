from gongyue.kernel import rooms


class AssessmentConfig(rooms.Room):
    name = "gongyue.assessment"
