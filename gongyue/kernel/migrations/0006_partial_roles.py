from typing import Any

from django.db import migrations, models


def departments_see_their_own(apps: Any, schema_editor: Any) -> None:
    """So far an office let in for one matter saw the whole purchase."""
    apps.get_model("kernel", "Role").objects.filter(capacity="department").update(partial=True)


class Migration(migrations.Migration):
    dependencies = [("kernel", "0005_fewer_indexes")]

    operations = [
        migrations.AddField(model_name="role", name="partial", field=models.BooleanField(default=False)),
        migrations.RunPython(departments_see_their_own, migrations.RunPython.noop),
    ]
