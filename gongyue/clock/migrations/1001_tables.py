from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('clock', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TrainingClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('moved_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['day'],
            },
        ),
    ]
