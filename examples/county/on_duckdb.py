"""The roll-up on DuckDB, on one machine: on_duckdb.py COUNTY-FOLDER OUT-FOLDER (pip install duckdb)."""

import sys

import duckdb

import rollup

county, out = sys.argv[1:]
engine = duckdb.connect()
for table in rollup.TABLES:
    folder = f"{county}/{table}"
    # Codes such as 0012 are no numbers.
    types = ", ".join(f"'{name}': VARCHAR" for name in rollup.partitions(folder))
    files = f"{folder}/**/*.parquet".replace("'", "''")
    engine.execute(
        f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{files}', hive_partitioning = true, hive_types = {{{types}}})"
    )
for name, text in rollup.queries():
    answer = engine.execute(text)
    rollup.write(out, name, [column[0] for column in answer.description], answer.fetchall())
