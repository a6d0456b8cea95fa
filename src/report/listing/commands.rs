//! The command that would record what a unit of a plan lacks, ready to be run as it is printed: what only a person
//! knows stands there as a placeholder.

use crate::assess::Rules;
use crate::assess::plan::{Count, Covered, Standing, Subject, Unit};
use crate::ledger::{Origin, Snapshot};
use crate::model::kind::{Field, FieldType, Kind, Target};
use crate::model::{Day, Student};
use crate::text::{Lang, label};

/// The command for a unit that is missed or open; nothing for one that no command makes true.
pub(super) fn command(snapshot: &Snapshot, rules: &Rules, one: &Covered, unit: &Unit, lang: Lang) -> String {
    let maker = Maker { snapshot, rules, unit, lang };
    let words = match (&one.commitment.count, &one.commitment.within, &one.commitment.state) {
        (Some(count), ..) => maker.of_count(count),
        (_, Some(within), _) => match &within.answer.kind {
            Some(kind) => maker.log(kind, &[]),
            None => maker.follow_up(),
        },
        (_, _, Some(state)) => match (&state.pairing, &state.resource, &state.agreement) {
            (Some(pairing), ..) if unit.missing.is_empty() => maker.pair(pairing),
            (_, Some(resource), _) => maker.resource(resource),
            (_, _, Some(agreement)) => maker.log(&format!("{agreement}-agreement"), &[]),
            _ if state.contact_group => maker.log("contact-group", &[]),
            _ if state.staff_workload => maker.log("duty-tutoring", &[]),
            _ if state.ledger_check => vec!["check".to_owned()],
            _ => maker.file(),
        },
        _ => Vec::new(),
    };
    if words.is_empty() { String::new() } else { quoted(std::iter::once("guanai".to_owned()).chain(words)) }
}

fn quoted(words: impl Iterator<Item = String>) -> String {
    let quote = |word: String| shlex::try_quote(&word).map(|word| word.into_owned()).unwrap_or_default();
    words.map(quote).collect::<Vec<_>>().join(" ")
}

struct Maker<'a> {
    snapshot: &'a Snapshot,
    rules: &'a Rules,
    unit: &'a Unit,
    lang: Lang,
}

impl Maker<'_> {
    fn placeholder(&self) -> String {
        label(self.lang, "plan-placeholder")
    }

    /// The day that the record is of, where the period is over.
    fn date(&self, option: &str) -> Vec<String> {
        match self.unit.standing {
            Standing::Missed => vec![option.to_owned(), self.unit.period.until.to_string()],
            _ => Vec::new(),
        }
    }

    fn of_count(&self, count: &Count) -> Vec<String> {
        let mut fields: Vec<(String, String)> =
            count.narrowed.iter().map(|(field, value)| (field.clone(), value.first().to_owned())).collect();
        if let Some(distinct) = &count.distinct {
            let any = || {
                let field = self.rules.kinds.get(&count.kind)?.field(&distinct.field)?;
                Some(self.value(field))
            };
            if let Some(value) = self.unit.missing.first().cloned().or_else(any) {
                fields.push((distinct.field.clone(), value));
            }
        }
        self.log(&count.kind, &fields)
    }

    fn log(&self, name: &str, fields: &[(String, String)]) -> Vec<String> {
        let Some(kind) = self.rules.kinds.get(name) else { return Vec::new() };
        if let Some(by) = &kind.made_by {
            return self.made(by);
        }
        let mut words = vec!["log".to_owned(), "add".to_owned(), name.to_owned()];
        words.extend(self.whom(kind));
        words.extend(fields.iter().map(|(field, value)| format!("{field}={value}")));
        let left = kind.asks_for(|name| fields.iter().any(|(known, _)| known == name));
        words.extend(left.into_iter().map(|field| format!("{}={}", field.name, self.value(field))));
        if let Subject::Staff(name) = &self.unit.subject {
            words.extend(["--staff".to_owned(), name.clone()]);
        }
        words.extend(self.date("--date"));
        words
    }

    /// A command that makes and records in one; what it makes speaks of the day that is asked about.
    fn made(&self, by: &str) -> Vec<String> {
        let place = format!("{}-{}", label(self.lang, "plan-place"), self.unit.period.name);
        let command = by.split(' ').map(str::to_owned).chain([place]);
        self.date("--as-of").into_iter().chain(command).collect()
    }

    /// The child or class; where the plan asks for any child, the first that is there.
    fn whom(&self, kind: &Kind) -> Option<String> {
        match &self.unit.subject {
            Subject::Class(class) => Some(format!("class:{class}")),
            Subject::Student(at) => Some(self.snapshot.student(*at).id.to_string()),
            Subject::School | Subject::Staff(_) => {
                let there = |student: &&Student| student.enrolled_on(self.unit.period.until);
                let mut students = self.snapshot.students.iter().map(|file| &file.student).filter(there);
                match kind.target {
                    Target::Student => students.next().map(|student| student.id.to_string()),
                    Target::Class => students.find_map(|student| student.class).map(|class| format!("class:{class}")),
                    Target::School | Target::Staff => None,
                }
            }
        }
    }

    fn value(&self, field: &Field) -> String {
        match field.kind {
            FieldType::Choice => field.of.first().cloned().unwrap_or_default(),
            FieldType::Integer | FieldType::Number | FieldType::Money | FieldType::Minutes => "1".to_owned(),
            FieldType::Quantity => "1 kg".to_owned(),
            FieldType::Date => self.unit.period.until.to_string(),
            FieldType::Bool => "yes".to_owned(),
            FieldType::Phone => PHONE.to_owned(),
            FieldType::Text | FieldType::Staff | FieldType::Resource | FieldType::Student => self.placeholder(),
        }
    }

    fn follow_up(&self) -> Vec<String> {
        let id = self.unit.evidence.iter().find_map(|origin| match origin {
            Origin::FollowUp(at) => Some(self.snapshot.follow_ups[*at].id.to_string()),
            _ => None,
        });
        let Some(id) = id else { return Vec::new() };
        [vec!["followup".to_owned(), "done".to_owned(), id], self.date("--date")].concat()
    }

    fn pair(&self, kind: &str) -> Vec<String> {
        let Subject::Student(at) = self.unit.subject else { return Vec::new() };
        let child = self.snapshot.student(at).id.to_string();
        let words = ["pair".to_owned(), "add".to_owned(), kind.to_owned(), child, self.placeholder()];
        let from = match self.unit.standing {
            Standing::Missed => vec!["--from".to_owned(), self.unit.period.from.to_string()],
            _ => Vec::new(),
        };
        [words.to_vec(), from].concat()
    }

    fn resource(&self, kind: &str) -> Vec<String> {
        let kind = if kind == "any" { "organisation" } else { kind };
        let mut words = vec!["resource".to_owned(), "add".to_owned(), kind.to_owned(), self.placeholder()];
        if let Subject::Class(class) = self.unit.subject {
            words.extend(["--class".to_owned(), class.to_string()]);
        }
        words.extend(self.date("--date"));
        words
    }

    /// What a child's file lacks: its keys first, then the first kind of which there is no row.
    fn file(&self) -> Vec<String> {
        let Subject::Student(at) = self.unit.subject else { return Vec::new() };
        let (kinds, keys): (Vec<&String>, Vec<&String>) =
            self.unit.missing.iter().partition(|name| self.rules.kinds.contains_key(*name));
        if keys.is_empty() {
            return kinds.first().map_or_else(Vec::new, |kind| self.log(kind, &[]));
        }
        let child = self.snapshot.student(at).id.to_string();
        let set = keys.into_iter().map(|key| self.key(key));
        ["student".to_owned(), "set".to_owned(), child].into_iter().chain(set).collect()
    }

    /// A key of a record with a placeholder of its shape.
    fn key(&self, key: &str) -> String {
        let words = self.placeholder();
        match key {
            "gender" => "gender=female".to_owned(),
            "born" => format!("born={BORN}"),
            "class" => format!("class={}-1", self.unit.period.from.year()),
            "parent" => format!("parent.mother.name={words}"),
            "guardian" => format!("guardian.name={words}"),
            "guardian.phone" => format!("guardian.phone={PHONE}"),
            "health" => "health.status=healthy".to_owned(),
            "study" => format!("study.habits={words}"),
            "consent" => format!("consent={}", self.today()),
            _ => format!("{key}={words}"),
        }
    }

    fn today(&self) -> Day {
        self.unit.period.from
    }
}

/// Placeholders that read as what they stand for, and as nobody's own.
const PHONE: &str = "10000000";
const BORN: &str = "2016-01-01";
