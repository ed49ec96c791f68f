from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tendering", "1004_places_that_fell_free"),
    ]

    operations = [
        migrations.AddField(
            model_name="bid",
            name="refused_at",
            field=models.DateTimeField(null=True, verbose_name="登记拒绝签订合同的时间"),
        ),
    ]
