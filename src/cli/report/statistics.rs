//! `guanai report statistics FORM`: an official form from the records, every equation of it checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{format, hand_out, write_out};
use crate::assess::Rules;
use crate::assess::form::{self, Counts, Form, Row};
use crate::cli::Context;
use crate::cli::arguments::day;
use crate::cli::import::bytes_of;
use crate::ledger::definitions::text_of;
use crate::ledger::{Logs, Need, Snapshot};
use crate::model::{Day, Exit, Outcome, Place, Problem, Student};
use crate::report::statistics::{self, Filled};
use crate::report::{FileFormat, Format, field_label};

/// So many children are listed in one message.
const MOST: usize = 10;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    pub form: Option<String>,
    /// The form's cut-off day.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub on: Option<Day>,
    /// The number of a column, or `unknown`.
    #[arg(long, value_name = "COLUMN", requires = "form", conflicts_with = "out")]
    pub who: Option<String>,
    #[arg(long, requires = "who")]
    pub row: Option<String>,
    /// Messages give names and not only ids.
    #[arg(long)]
    pub names: bool,
    #[arg(long)]
    pub fail: bool,
    #[arg(short, long, requires = "form")]
    pub out: Option<PathBuf>,
}

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    let snapshot = context.read(&Need { students: true, logs: Logs::None })?;
    let rules = Rules::load(&snapshot)?;
    let Some(name) = &args.form else {
        context.list(&statistics::forms(&form::list(&snapshot, &rules)?, &rules, context.lang))?;
        return Ok(Exit::Done);
    };
    let form = form_of(&snapshot, &rules, name)?;
    let counts = Counts::of(&form, &snapshot, &rules, args.on.unwrap_or(context.day));
    let filled = Filled { form: &form, counts: &counts, snapshot: &snapshot, rules: &rules, lang: context.lang };
    match &args.who {
        Some(column) => list_who(context, args, &filled, column)?,
        None => hand_over(context, &filled, args.out.as_deref())?,
    }
    tell_what_is_open(context, args, &filled);
    Ok(Exit::found_if(args.fail && !counts.is_sound()))
}

/// A form of the ledger by its name, or any file by its path.
fn form_of(snapshot: &Snapshot, rules: &Rules, name: &str) -> Outcome<Form> {
    if !name.contains(['/', '\\']) && !name.ends_with(".toml") {
        return form::load(snapshot, rules, name);
    }
    let (_, bytes) = bytes_of(Path::new(name))?;
    form::read(name, &text_of(name, &bytes)?, rules)
}

/// The form in the format that was asked for; CSV is the form's own rows.
fn hand_over(context: &Context, filled: &Filled, out: Option<&Path>) -> Outcome<()> {
    let ending = out.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let asked = context.format_name().map(str::to_owned).or(ending);
    if asked.as_deref() == Some("csv") {
        let csv = filled.table().listing(Format::Csv, context.lang, context.screen());
        return match out {
            Some(path) => write_out(context, path, csv.as_bytes()),
            None => {
                context.print(&csv);
                Ok(())
            }
        };
    }
    let Some(path) = out.filter(|_| format(context, out).is_ok_and(|format| format == FileFormat::Xlsx)) else {
        return hand_out(context, &filled.document(), out).map(|_| ());
    };
    let bytes =
        filled.workbook().map_err(|error| Problem::data("not-rendered", Place::Nowhere).with("reason", error))?;
    write_out(context, path, &bytes)
}

/// The children behind a cell, or those who are not counted as nobody knows where.
fn list_who(context: &Context, args: &Args, filled: &Filled, column: &str) -> Outcome<()> {
    let counts = filled.counts;
    let mut fields: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    if column == "unknown" {
        let open = counts.open.iter().map(|one| (one.student, &one.fields));
        for (student, of) in open.chain(counts.astray.iter().map(|one| (one.student, &one.fields))) {
            let known = fields.entry(student).or_default();
            let new: Vec<String> = of.iter().filter(|field| !known.contains(field)).cloned().collect();
            known.extend(new);
        }
    } else {
        let place = filled.form.column.iter().position(|one| one.number.to_string() == column);
        let place = place.ok_or_else(|| {
            let known: Vec<String> = filled.form.column.iter().map(|one| one.number.to_string()).collect();
            Problem::usage("form-who").with("column", column).with("known", known.join(", "))
        })?;
        let row = row_of(filled, args.row.as_deref())?;
        fields.extend(row.cells[place].iter().map(|student| (*student, Vec::new())));
    }
    let children: Vec<(&Student, Vec<String>)> =
        fields.into_iter().map(|(at, fields)| (filled.snapshot.student(at), fields)).collect();
    context.list(&statistics::who(&children, counts, context.lang))
}

/// A row by its words; the grade alone is enough. Without, the whole school.
fn row_of<'a>(filled: &Filled<'a>, wanted: Option<&str>) -> Outcome<&'a Row> {
    let rows = &filled.counts.rows;
    let Some(wanted) = wanted else { return Ok(rows.last().expect("the whole school is always there")) };
    let is_it = |row: &&Row| {
        filled.key(&row.key) == wanted
            || matches!(row.key, form::Key::Grade(Some(grade)) if grade.to_string() == wanted)
    };
    rows.iter().find(is_it).ok_or_else(|| {
        let known: Vec<String> = rows.iter().map(|row| filled.key(&row.key)).collect();
        Problem::usage("form-row").with("row", wanted).with("known", known.join(", ")).into()
    })
}

/// Equations that do not hold, and the children of whom something is missing.
fn tell_what_is_open(context: &Context, args: &Args, filled: &Filled) {
    for equation in &filled.form.checked {
        let broken: Vec<_> = filled.counts.broken.iter().filter(|one| one.equation == equation.text).collect();
        let Some(last) = broken.last() else { continue };
        let rows: Vec<String> = broken.iter().map(|one| filled.key(&one.row)).collect();
        let rows = rows.join(&context.words("report-list-join", &[]));
        let sides = statistics::sides(&last.sides);
        let values = [("equation", equation.text.as_str()), ("row", &rows), ("sides", &sides)];
        context.tell(&context.words("statistics-broken", &values));
    }
    for (lack, students) in lacks(context, filled) {
        let said = |at: &u32| {
            let student = filled.snapshot.student(*at);
            if args.names { format!("{} ({})", student.name, student.id) } else { student.id.to_string() }
        };
        let mut who: Vec<String> = students.iter().take(MOST).map(said).collect();
        if students.len() > MOST {
            who.push("…".to_owned());
        }
        let (count, who) = (students.len().to_string(), who.join(" "));
        let values = [("columns", lack.columns.as_str()), ("fields", &lack.fields), ("count", &count), ("who", &who)];
        context.tell(&context.words(lack.key, &values));
    }
}

/// What is missing of some children: the key of its words, the columns, and the fields in words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Lack {
    key: &'static str,
    columns: String,
    fields: String,
}

/// Children with the same lack together, so that they are said in one line.
fn lacks(context: &Context, filled: &Filled) -> BTreeMap<Lack, Vec<u32>> {
    let counts = filled.counts;
    let fields = |at: u32, fields: &[String]| {
        let label = |field: &String| field_label(field, filled.snapshot.student(at), context.lang);
        fields.iter().map(label).collect::<Vec<_>>().join(&context.words("report-list-join", &[]))
    };
    let list = |numbers: &[u32]| numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
    let mut lacks: BTreeMap<Lack, Vec<u32>> = BTreeMap::new();
    let mut columns: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
    for one in &counts.open {
        columns.entry(fields(one.student, &one.fields)).or_default().extend(&one.columns);
    }
    for one in &counts.open {
        let fields = fields(one.student, &one.fields);
        let (key, columns) = match one.columns.is_empty() {
            true => ("statistics-uncounted", String::new()),
            false => ("statistics-open", list(&columns[&fields].iter().copied().collect::<Vec<_>>())),
        };
        lacks.entry(Lack { key, columns, fields }).or_default().push(one.student);
    }
    for one in &counts.astray {
        let key = if one.found.is_empty() { "statistics-in-none" } else { "statistics-in-two" };
        let found = if one.found.is_empty() { String::new() } else { format!(" ({})", list(&one.found)) };
        let lack = Lack { key, columns: format!("{}{found}", one.sum), fields: fields(one.student, &one.fields) };
        lacks.entry(lack).or_default().push(one.student);
    }
    lacks
}
