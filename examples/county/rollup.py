"""What the two runners share: the queries of rollup.sql by name, and how an answer is written, the same to the byte for the same rows."""

import csv
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
TABLES = ["schools", "students", "activities", "activity_children", "follow_ups", "coverage", "risk"]


def queries():
    """Name and text of each query, in the order of the file."""
    found = []
    for part in (HERE / "rollup.sql").read_text(encoding="utf-8").split("-- name: ")[1:]:
        name, text = part.split("\n", 1)
        found.append((name.strip(), text.strip().rstrip(";")))
    return found


def partitions(folder):
    """The columns that stand in the names of a table's folders, by its first file."""
    first = next(pathlib.Path(folder).rglob("*.parquet")).relative_to(folder)
    return [part.split("=")[0] for part in first.parts if "=" in part]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def write(folder, name, columns, rows):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows([cell(value) for value in row] for row in rows)
