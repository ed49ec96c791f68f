from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tendering", "1003_ties_after_talks"),
    ]

    operations = [
        migrations.AddField(
            model_name="ranking",
            name="chosen_at",
            field=models.DateTimeField(null=True, verbose_name="递补入选的时间"),
        ),
    ]
