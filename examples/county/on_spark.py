"""The roll-up on Spark, on as many machines as there are: on_spark.py COUNTY-FOLDER OUT-FOLDER (pip install pyspark, Java 17).

In local mode, or where `spark-submit` or SPARK_MASTER says.
"""

import os
import sys

from pyspark.sql import SparkSession

import rollup

county, out = sys.argv[1:]
builder = SparkSession.builder.appName("guanai county").master(os.environ.get("SPARK_MASTER", "local[*]"))
# Codes such as 0012 are no numbers.
builder = builder.config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
builder = builder.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
for option in filter(None, os.environ.get("SPARK_OPTIONS", "").split()):
    builder = builder.config(*option.split("=", 1))
engine = builder.getOrCreate()
engine.sparkContext.setLogLevel("ERROR")
for table in rollup.TABLES:
    engine.read.parquet(f"{county}/{table}").createOrReplaceTempView(table)
for name, text in rollup.queries():
    answer = engine.sql(text)
    rollup.write(out, name, answer.columns, [tuple(row) for row in answer.collect()])
engine.stop()
