"""Standings that came or changed, in an order that port nodes can follow; those that are here count
as come now."""

from django.db import migrations, models

import guomen.apps.ledger.transactions

_ALL_THAT_A_NODE_NEEDS = (
    "INSERT INTO registry_standingchange (number_index) SELECT number_index FROM registry_standing "
    "WHERE status <> 'valid' OR alerts <> '' OR enrolled"
)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0002_alerts'),
    ]

    operations = [
        migrations.CreateModel(
            name='StandingChange',
            fields=[
                ('sequence', models.BigAutoField(primary_key=True, serialize=False)),
                ('transaction', models.BigIntegerField(db_default=guomen.apps.ledger.transactions.TransactionNumber())),
                ('number_index', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['transaction', 'sequence'], name='change_order')],
            },
        ),
        migrations.RunSQL(_ALL_THAT_A_NODE_NEEDS, migrations.RunSQL.noop),
    ]
