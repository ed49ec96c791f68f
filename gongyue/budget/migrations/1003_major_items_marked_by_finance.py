from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('budget', '1002_procurement_of_adjustments'),
    ]

    operations = [
        migrations.AddField(
            model_name='planitem',
            name='major_by_finance',
            field=models.BooleanField(default=False, verbose_name='重大事项由财政部门认定'),
        ),
    ]
