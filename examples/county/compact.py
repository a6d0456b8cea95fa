"""One file a table, county and term, in place of one a school: compact.py COUNTY-FOLDER OUT-FOLDER (pip install duckdb).

Engines pay for every file that they open. `school` becomes a column of the file, whose rows it sorts, so that one school is still found
by the statistics of the row groups. Both runners take such a folder as they take the schools' own.
"""

import pathlib
import sys

import duckdb

import rollup

county, out = sys.argv[1:]
engine = duckdb.connect()
for table in rollup.TABLES:
    source = pathlib.Path(county, table)
    for folder in sorted(source.glob("county=*")):
        for term in sorted({part.name for part in folder.glob("school=*/term=*")}):
            target = pathlib.Path(out, table, folder.name, term)
            target.mkdir(parents=True, exist_ok=True)
            files = f"{folder}/school=*/{term}/part.parquet".replace("'", "''")
            engine.execute(
                f"COPY (SELECT * EXCLUDE (county, term) FROM read_parquet('{files}', hive_partitioning = true,"
                f" hive_types = {{'county': VARCHAR, 'school': VARCHAR, 'term': VARCHAR}}) ORDER BY school)"
                f" TO '{target}/part.parquet' (FORMAT parquet, COMPRESSION snappy)"
            )
