//! A statistics form that has been counted: as a document, as a listing, and as a workbook in the form's own layout.
//! The numbers are whole and not folded, as the bureau's equations need them; no name stands in it.

mod sheet;

use super::listing::left;
use super::{Block, Cell, Column, Document, NotRendered, Table};
use crate::assess::Rules;
use crate::assess::form::{self, Counts, Form, Key};
use crate::ledger::Snapshot;
use crate::model::Student;
use crate::report::field_label;
use crate::report::speaking::Speaking;
use crate::text::{self, Lang};

/// A form with its counts, in the language of its reader.
#[derive(Debug, Clone, Copy)]
pub struct Filled<'a> {
    pub form: &'a Form,
    pub counts: &'a Counts,
    pub snapshot: &'a Snapshot,
    pub rules: &'a Rules,
    pub lang: Lang,
}

impl Speaking for Filled<'_> {
    fn lang(&self) -> Lang {
        self.lang
    }
}

impl Filled<'_> {
    /// The report. Where the form has one row, its columns stand under one another, as paper is not so wide.
    pub fn document(&self) -> Document {
        let mut blocks = vec![Block::Paragraph(self.head().join("  ")), Block::Table(self.upright())];
        blocks.extend(self.beside().into_iter().map(Block::Paragraph));
        if !self.form.checked.is_empty() {
            blocks.push(self.heading("statistics-checked"));
            blocks.push(Block::Table(self.equations()));
        }
        let (open, astray) = (self.counts.open.len(), self.counts.astray.len());
        let numbers = [("open", open.to_string()), ("astray", astray.to_string())];
        if open + astray > 0 {
            let values: Vec<(&str, &str)> = numbers.iter().map(|(key, value)| (*key, value.as_str())).collect();
            blocks.push(Block::Note(self.say("statistics-not-sound", &values)));
        }
        blocks.extend(self.notes().into_iter().map(Block::Note));
        blocks.push(Block::Note(self.word("statistics-not-for-publication")));
        if !self.form.signatures.is_empty() {
            blocks.push(Block::Signatures(self.signatures()));
        }
        Document {
            headed: true,
            title: self.words(&self.form.title),
            subtitle: None,
            lang: self.lang,
            day: self.counts.day,
            school: self.snapshot.school.school.name.clone(),
            blocks,
        }
    }

    /// A row a row of the form, under the numbers of its columns.
    pub fn table(&self) -> Table {
        let mut columns = vec![Column::left("row", self.word("statistics-row"))];
        columns.extend(self.form.column.iter().map(|column| {
            let label = format!("{} {}", column.number, self.words(&column.label));
            Column::right(column.number.to_string(), label).wide(9)
        }));
        let mut table = Table::new("counts", self.words(&self.form.title), columns);
        for row in &self.counts.rows {
            let numbers = row.cells.iter().map(|children| Cell::count(children.len()));
            table.rows.push(std::iter::once(Cell::text(self.key(&row.key))).chain(numbers).collect());
        }
        table
    }

    /// A row a column of the form, with the headers above it.
    fn upright(&self) -> Table {
        let [row] = &self.counts.rows[..] else { return self.table() };
        let columns = vec![
            Column::right("number", self.word("statistics-number")),
            Column::left("above", self.word("statistics-above")),
            Column::left("label", self.word("statistics-label")),
            Column::right("count", self.word("statistics-count")),
        ];
        let mut table = Table::new("counts", self.words(&self.form.title), columns);
        for (column, children) in self.form.column.iter().zip(&row.cells) {
            let above: Vec<String> = column.above.iter().map(|label| self.words(label)).collect();
            table.rows.push(vec![
                Cell::Integer(i64::from(column.number)),
                Cell::text(above.join(" / ")),
                Cell::text(self.words(&column.label)),
                Cell::count(children.len()),
            ]);
        }
        table
    }

    /// Every equation in every row, with the number of each side.
    fn equations(&self) -> Table {
        let columns = vec![
            Column::left("equation", self.word("statistics-equation")),
            Column::left("row", self.word("statistics-row")),
            Column::left("sides", self.word("statistics-sides")),
            Column::left("holds", self.word("statistics-holds")),
        ];
        let mut table = Table::new("equations", self.word("statistics-checked"), columns);
        for equation in &self.form.checked {
            let broken: Vec<_> = self.counts.broken.iter().filter(|one| one.equation == equation.text).collect();
            for one in &broken {
                table.rows.push(vec![
                    Cell::text(&one.equation),
                    Cell::text(self.key(&one.row)),
                    Cell::text(sides(&one.sides)),
                    Cell::Bool(false),
                ]);
            }
            if broken.is_empty() {
                let all = Cell::text(self.key(&Key::All));
                table.rows.push(vec![Cell::text(&equation.text), all, Cell::Empty, Cell::Bool(true)]);
            }
        }
        table
    }

    /// The line under the title: whose, of which day, by which definition, in which unit.
    fn head(&self) -> Vec<String> {
        let day = |key: &str, day: crate::model::Day| self.say(key, &[("day", &day.to_string())]);
        let mut head = vec![
            self.say("statistics-school", &[("school", &self.snapshot.school.school.name)]),
            day("statistics-day", self.counts.day),
        ];
        if self.counts.ages_on != self.counts.day {
            head.push(day("statistics-ages-on", self.counts.ages_on));
        }
        if let Some(definition) = self.rules.definition(&self.form.left_behind) {
            head.push(self.say("statistics-definition", &[("definition", &self.words(&definition.label))]));
        }
        if let Some(unit) = &self.form.unit {
            head.push(self.say("statistics-unit", &[("unit", &self.words(unit))]));
        }
        head
    }

    fn beside(&self) -> Vec<String> {
        let said = |(beside, children): (&form::Beside, &Vec<u32>)| {
            let value = children.len().to_string();
            self.say("report-fact-line", &[("label", &self.words(&beside.label)), ("value", &value)])
        };
        self.form.beside.iter().zip(&self.counts.beside).map(said).collect()
    }

    fn notes(&self) -> Vec<String> {
        let mut notes: Vec<String> = self.form.notes.iter().map(|note| self.words(note)).collect();
        if let Some(source) = &self.form.source {
            notes.push(self.say("statistics-source", &[("source", source.in_language(self.lang.code()))]));
        }
        notes
    }

    fn signatures(&self) -> Vec<String> {
        self.form.signatures.iter().map(|label| self.words(label)).collect()
    }

    fn words(&self, label: &crate::model::kind::Label) -> String {
        label.in_language(self.lang.code()).to_owned()
    }

    /// What a row is of, in words.
    pub fn key(&self, key: &Key) -> String {
        match key {
            Key::All => self.word("statistics-all"),
            Key::Grade(Some(grade)) => self.say("term-grade", &[("grade", &grade.to_string())]),
            Key::Class(Some(class)) => class.to_string(),
            Key::Text(Some(text)) => text.clone(),
            Key::Grade(None) | Key::Class(None) | Key::Text(None) => self.word("report-unknown"),
        }
    }

    /// The form as a workbook in its own layout.
    ///
    /// # Errors
    /// Where a workbook cannot hold it.
    pub fn workbook(&self) -> Result<Vec<u8>, NotRendered> {
        Ok(sheet::workbook(self)?)
    }
}

/// `[1] 12, [2+3] 11`: each sum with its number.
pub fn sides(sides: &[(String, usize)]) -> String {
    sides.iter().map(|(sum, number)| format!("[{sum}] {number}")).collect::<Vec<_>>().join(", ")
}

/// The forms that there are.
pub fn forms(forms: &[Form], rules: &Rules, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "name"),
        Column::left("title", text::label(lang, "statistics-title")),
        Column::right("columns", text::label(lang, "statistics-columns")),
        Column::left("definition", text::label(lang, "term-definition")),
        left(lang, "source"),
    ];
    let mut table = Table::new("forms", text::label(lang, "statistics-forms"), columns);
    for form in forms {
        let definition = rules.definition(&form.left_behind);
        let source = form.source.as_ref().map(|source| Cell::text(source.in_language(lang.code())));
        table.rows.push(vec![
            Cell::text(form.name()),
            Cell::text(form.title.in_language(lang.code())),
            Cell::count(form.column.len()),
            definition
                .map_or(Cell::Unknown, |one| Cell::code(form.left_behind.clone(), one.label.in_language(lang.code()))),
            source.unwrap_or_default(),
        ]);
    }
    table
}

/// The children behind a number of a form, with the fields that would settle what is not known of them.
pub fn who(children: &[(&Student, Vec<String>)], counts: &Counts, lang: Lang) -> Table {
    let columns = vec![
        left(lang, "id"),
        left(lang, "name"),
        left(lang, "class"),
        super::listing::right(lang, "grade"),
        left(lang, "gender"),
        super::listing::right(lang, "age"),
        Column::left("missing", text::label(lang, "statistics-missing")),
    ];
    let mut table = Table::new("children", text::label(lang, "statistics-who"), columns);
    for (student, fields) in children {
        let number = |number: Option<i32>| number.map_or(Cell::Unknown, |number| Cell::Integer(i64::from(number)));
        let fields: Vec<String> = fields.iter().map(|field| field_label(field, student, lang)).collect();
        let [id, name, class] = super::listing::who(student);
        table.rows.push(vec![
            id,
            name,
            class,
            number(student.grade_on(counts.day)),
            student.gender.map_or(Cell::Unknown, |gender| super::listing::coded(lang, "gender", gender.code())),
            number(student.age_on(counts.ages_on)),
            if fields.is_empty() { Cell::Empty } else { Cell::List(fields) },
        ]);
    }
    table
}
