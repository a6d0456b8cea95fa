//! `guanai letter TEMPLATE [STUDENT…]`: the letters themselves, and the record that they went out.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Args, children, group, kind_of, need, stored};
use crate::cli::log::whom::with_standard_input;
use crate::cli::report::{Ready, format, rendered};
use crate::cli::{Context, Made};
use crate::ledger::{ChangeSet, Need, Snapshot};
use crate::model::{Day, Exit, IdSource, Outcome, Place, Problem, RowId};
use crate::report::FileFormat;
use crate::report::letter::{Asked, LETTER, Template, WAY, is_word, letters, named, usable};
use crate::text::{Lang, label};
use crate::write::letter::{Sending, send};
use crate::write::recording::read_fields;
use crate::write::{Disclosure, NewActivity, Recording, disclose};

pub(super) fn run(context: &Context, args: &Args) -> Outcome<Exit> {
    if context.in_batch() {
        // Its file would be there before anybody knows whether the batch is written.
        return Err(Problem::usage("letter-in-batch").into());
    }
    let template = named(&context.definitions()?, args.template.as_deref().unwrap_or_default())?;
    let words = with_standard_input(&args.students)?;
    if words.is_empty() == args.group.is_none() {
        return Err(Problem::usage("letter-whom").with("template", &template.name).into());
    }
    let given = given(&args.set)?;
    let out = args.out.as_deref();
    let format = letter_format(context, out)?;
    let (mut ready, mut ids) = (None, Vec::new());
    let need = if args.group.is_some() { Need::everything() } else { need(&template) };
    let exit = context.write(&need, |snapshot| {
        usable(snapshot, &template)?;
        let day = args.date.unwrap_or(context.day);
        let children = match &args.group {
            Some(name) => group(context, snapshot, name, day)?,
            None => children(snapshot, &words, day)?,
        };
        if children.is_empty() {
            return Err(Problem::usage("letter-nobody").with("template", &template.name).into());
        }
        let asked = Asked { day, given: &given, leave_blank: args.leave_blank };
        let bytes = rendered(&letters(snapshot, &template, &asked, &children)?, format, context.screen())?;
        let mut made = Record { context, args, snapshot, template: &template, children: &children, day }.made()?;
        // They are printed once the file is there: a reader who goes away ends the process.
        ids = std::mem::take(&mut made.ids);
        ready = Some(Ready::of(context, bytes, out)?);
        Ok(made)
    })?;
    if !context.dry_run {
        ready.expect("what was written was made").hand_out(context, out)?;
        ids.iter().for_each(|id| context.print(&format!("{id}\n")));
    }
    Ok(exit)
}

/// A letter is a document; a workbook is none.
fn letter_format(context: &Context, out: Option<&Path>) -> Outcome<FileFormat> {
    match format(context, out)? {
        FileFormat::Xlsx => {
            Err(Problem::usage("format-unknown").with("format", "xlsx").with("known", "docx, html, md, txt").into())
        }
        format => Ok(format),
    }
}

fn given(words: &[String]) -> Outcome<BTreeMap<String, String>> {
    let mut given = BTreeMap::new();
    for word in words {
        let (name, value) = word
            .split_once('=')
            .filter(|(name, _)| is_word(name))
            .ok_or_else(|| Problem::usage("given-wrong").with("value", word))?;
        given.insert(name.to_owned(), value.to_owned());
    }
    Ok(given)
}

/// What the letters of one run leave in the ledger.
struct Record<'a> {
    context: &'a Context,
    args: &'a Args,
    snapshot: &'a Snapshot,
    template: &'a Template,
    children: &'a [u32],
    /// The day of writing.
    day: Day,
}

impl Record<'_> {
    /// The change set: who was written to, and that the names left the ledger.
    fn made(&self) -> Outcome<Made> {
        let what = format!("letter {}", self.template.name);
        let mut made = Made { change_set: ChangeSet::new(&what), ..Made::default() };
        let count = self.children.len().to_string();
        if self.args.draft {
            made.messages.push(self.context.words("letter-draft", &[("count", &count)]));
        } else {
            let mut recording = Recording::new(self.snapshot)?;
            let ids = self.sent(&mut recording)?;
            self.once(&mut recording)?;
            made.change_set = recording.change_set(&what);
            let new = ids.len().to_string();
            made.messages.push(self.context.words("letter-sent", &[("count", &count), ("new", &new)]));
            // Where the letters themselves go to standard output, nothing else does.
            made.ids = ids.iter().filter(|_| self.args.out.is_some()).map(RowId::to_string).collect();
        }
        self.disclosed(&what, &mut made.change_set)?;
        Ok(made)
    }

    fn disclosed(&self, what: &str, change_set: &mut ChangeSet) -> Outcome<()> {
        let lang = Lang::of_code(&self.snapshot.school.school.language).unwrap_or_default();
        let whom = label(lang, if self.args.draft { "letter-whom-draft" } else { "letter-whom-guardians" });
        let why = self.template.head.label.in_language(lang.code());
        let disclosure = Disclosure { day: self.context.day, what, whom: &whom, why, students: self.children.len() };
        disclose(self.snapshot, &disclosure, &mut IdSource::Random, change_set)
    }

    /// Records the letters; gives the ids of the rows that are new.
    fn sent(&self, recording: &mut Recording) -> Outcome<Vec<RowId>> {
        let head = &self.template.head;
        let kind = kind_of(self.snapshot, &head.kind)?;
        let way = self.args.by.as_ref().or(head.by.as_ref()).ok_or_else(|| {
            let choices = kind.field(WAY).map(|field| field.of.join(", ")).unwrap_or_default();
            Problem::usage("letter-by").with("template", &self.template.name).with("known", choices)
        })?;
        let mut typed = head.fields.clone();
        typed.insert(WAY.to_owned(), way.clone());
        typed.insert(LETTER.to_owned(), self.template.name.clone());
        // The way is the command's word; the template's own fields were checked before.
        let fields = read_fields(kind, &typed, self.snapshot, &Place::Nowhere)?;
        let sending = Sending { kind, letter: &self.template.name, day: self.day, staff: self.staff(), fields };
        send(recording, self.snapshot, &sending, self.children)
    }

    fn staff(&self) -> &str {
        self.args.staff.as_deref().unwrap_or_default()
    }

    /// The letters of one day are one activity of the school, however many commands make them.
    fn once(&self, recording: &mut Recording) -> Outcome<()> {
        let Some(row) = &self.template.head.once else { return Ok(()) };
        let id = IdSource::derived_from(&[&self.template.name, &row.kind, &self.day.to_string()]).row();
        let mut logs = self.snapshot.logs.iter().filter(|log| log.kind == row.kind);
        if logs.any(|log| log.table.row_of(id.as_str()).is_some()) {
            return Ok(());
        }
        let activity = NewActivity {
            id,
            day: self.day,
            students: String::new(),
            children: Vec::new(),
            staff: self.staff().to_owned(),
            minutes: None,
            attachments: String::new(),
            note: String::new(),
            fields: stored(self.snapshot, self.template, row)?,
        };
        recording.add(kind_of(self.snapshot, &row.kind)?, &activity).map(|_| ())
    }
}
