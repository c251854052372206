"""Takes the order of writing out of the tables about people. Called by housekeeping.

Random ids and days tell no order, but a database keeps rows as they were written:
``ORDER BY rowid`` in SQLite, ``ORDER BY ctid`` and the hidden ``xmin`` in PostgreSQL
give back who did what after whom. Here the rows are written anew in random order.
"""

from django.apps import apps
from django.db import connection, models, transaction

from .registry import declarations

# Rows are numbered by chance below this. Far more room than rows, so that no number
# is drawn twice; far below SQLite's highest, so that new rows find one above.
ROOM = 2**61


def models_without_order() -> list[type[models.Model]]:
    """Return the models about people whose rows must not tell their order.

    A model that leads to nobody but must not tell either says ``forgets_order``.
    Where a running number is the primary key (allauth's addresses and passkeys,
    editors' work in the CMS), it tells the order itself; nothing is gained there.
    """
    personal = {item.model_class for item in declarations() if not item.content}
    personal |= {m for m in apps.get_models() if getattr(m, "forgets_order", False)}
    return sorted(
        (
            model
            for model in personal
            if not isinstance(model._meta.pk, models.AutoField)
        ),
        key=lambda model: model._meta.db_table,
    )


def forget_order() -> None:
    """Write all rows about people anew, in random order, under one hidden number.

    Locks one table at a time, as long as rewriting it takes. Changes no value.
    """
    rewrite = _cluster if connection.vendor == "postgresql" else _renumber
    for model in models_without_order():
        rewrite(model)


def _renumber(model: type[models.Model]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        # SQLite's random() draws anew for each row; & makes it small and positive.
        cursor.execute(
            f"UPDATE {table} SET rowid = random() & {ROOM - 1}"  # noqa: S608 - ours
        )


def _cluster(model: type[models.Model]) -> None:
    table = model._meta.db_table
    with transaction.atomic():
        # Gives all rows the same transaction; CLUSTER alone would keep theirs.
        model._base_manager.update(**{model._meta.pk.name: models.F("pk")})
        connection.check_constraints()  # CLUSTER refuses what waits for a check
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
        [key] = [name for name, found in constraints.items() if found["primary_key"]]
        # Keys are random, so their order is one by chance.
        quoted = map(connection.ops.quote_name, (table, key))
        cursor.execute("CLUSTER {} USING {}".format(*quoted))
