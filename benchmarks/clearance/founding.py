"""Founds the nation of the tests in the installation at hand and fills its tables with the past."""

import sys

import django

_DOCUMENTS = {
    "sqlite": """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {rows})
INSERT INTO registry_standing
SELECT printf('%064x', i * 2654435761), 'HRP', 'valid', 0, 1, '', '', NULL FROM n
""",
    "postgresql": """
INSERT INTO registry_standing
SELECT md5(i::text) || md5((i + 1)::text), 'HRP', 'valid', false, true, '', '', NULL
FROM generate_series(1, {rows}) AS i
""",
}
_PASSAGES = {
    "sqlite": """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
INSERT INTO border_passage ({columns}) SELECT {values} FROM n, (SELECT * FROM border_passage LIMIT 1) p
""",
    "postgresql": """
INSERT INTO border_passage ({columns}) SELECT {values}
FROM generate_series(1, {rows}) AS n(i), (SELECT * FROM border_passage LIMIT 1) p
""",
}
_FRESH = {
    "sqlite": {"id": "printf('%032x', i)", "nonce": "'past-' || i", "entry": "NULL"},
    "postgresql": {
        "id": "md5(i::text)::uuid",
        "nonce": "'past-' || i",
        "entry": "NULL",
    },
}


def main(filled: int) -> None:
    """Migrate, found, and fill with so many documents and five times as many passages."""
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.clearance.steps import Steps
    from tests.nation import found_nation

    call_command("migrate", verbosity=0, skip_checks=True)
    nation = found_nation()
    if not filled:
        return
    Steps(nation).write_one()
    vendor = connection.vendor
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS[vendor].format(rows=filled))
        columns = [
            one.name
            for one in connection.introspection.get_table_description(cursor, "border_passage")
        ]
        values = [_FRESH[vendor].get(name, f'p."{name}"') for name in columns]
        cursor.execute(
            _PASSAGES[vendor].format(
                rows=filled * 5,
                columns=", ".join(f'"{name}"' for name in columns),
                values=", ".join(values),
            )
        )
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
