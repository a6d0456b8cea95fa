//! Official statistics forms, which are data (`forms/*.toml`): numbered columns with a filter each, equations between them,
//! and what is counted for a day. The file's own checks are in `load`, the counting in `count`.
//!
//! Begin with [`load`], then [`Counts::of`].

mod count;
mod load;
mod sum;
#[cfg(test)]
mod tests;

use serde::Deserialize;

pub use count::{Astray, Broken, Counts, Key, Open, Row};
pub use load::{FORMS, check, list, load, read};
pub use sum::{Equation, Sum};

use super::OWN;
use crate::model::kind::{Citation, Label};
use crate::model::{Day, Group};

/// One form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Form {
    /// The file that it stands in.
    #[serde(skip)]
    pub path: String,
    pub title: Label,
    pub source: Option<Citation>,
    /// The definition of left behind that the form counts by; `own` is the one that the school reports under.
    #[serde(default = "own")]
    pub left_behind: String,
    pub counts: Whom,
    #[serde(default)]
    pub rows: Rows,
    /// The form speaks of the last of these days of the year (`06-30`) up to the day asked about; without, of that day.
    #[serde(default)]
    pub cut_off: Vec<MonthDay>,
    /// Ages are counted on the last such day; without, on the day that the form speaks of.
    pub ages_on: Option<MonthDay>,
    /// What is counted, as the form's head says it.
    pub unit: Option<Label>,
    pub column: Vec<Column>,
    /// Numbers that stand under the form and in none of its columns.
    #[serde(default)]
    pub beside: Vec<Beside>,
    /// As the form prints them: `1 = 2+5+8 = 11+…+18`.
    #[serde(default)]
    pub equations: Vec<String>,
    /// Columns of which each child that the form counts is in exactly one.
    #[serde(default)]
    pub partitions: Vec<String>,
    #[serde(default)]
    pub notes: Vec<Label>,
    /// Who signs, under the form.
    #[serde(default)]
    pub signatures: Vec<Label>,
    #[serde(skip)]
    pub checked: Vec<Equation>,
    #[serde(skip)]
    pub parted: Vec<Sum>,
}

/// Whom a form counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// Who is left behind under the form's definition.
    LeftBehind,
    Pupils,
}

/// What a row of a form is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Rows {
    /// One row for the whole school.
    #[default]
    School,
    Grade,
    Class,
    /// By what a column of a census says that no field takes, such as the township: `extra.HEADER`.
    Extra(String),
}

impl TryFrom<String> for Rows {
    type Error = String;

    fn try_from(text: String) -> Result<Rows, String> {
        match text.as_str() {
            "school" => Ok(Rows::School),
            "grade" => Ok(Rows::Grade),
            "class" => Ok(Rows::Class),
            other => other
                .strip_prefix("extra.")
                .filter(|header| !header.is_empty())
                .map(|header| Rows::Extra(header.to_owned()))
                .ok_or_else(|| "expected school, grade, class or extra.HEADER".to_owned()),
        }
    }
}

/// One numbered column.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub number: u32,
    pub label: Label,
    /// The headers above it, the outermost first; neighbours under the same one share it.
    #[serde(default)]
    pub above: Vec<Label>,
    /// Who is counted: all that it says must hold, as with a group of `guanai.toml`.
    #[serde(default)]
    pub r#where: Group,
    /// Who is not, though `where` holds.
    pub except: Option<Group>,
}

/// A number under the form.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    pub label: Label,
    #[serde(default)]
    pub r#where: Group,
}

/// A day of every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<MonthDay, String> {
        let parts = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        // A year without a leap day, so that every year has the day.
        let fits = |(month, day): &(u32, u32)| Day::new(2027, *month, *day).is_some();
        let (month, day) = parts.filter(fits).ok_or_else(|| "expected a month and a day such as 08-31".to_owned())?;
        Ok(MonthDay { month, day })
    }
}

impl MonthDay {
    /// The last such day up to another one.
    fn last_before(self, day: Day) -> Day {
        let of_year = |year| Day::new(year, self.month, self.day).expect("every year has it");
        let own = of_year(day.year());
        if own <= day { own } else { of_year(day.year() - 1) }
    }
}

impl Form {
    /// The name by which a command means it: that of its file.
    pub fn name(&self) -> &str {
        let file = self.path.rsplit(['/', '\\']).next().unwrap_or(&self.path);
        file.strip_suffix(".toml").unwrap_or(file)
    }

    /// The day that the form speaks of, and the one on which ages are counted.
    pub fn days(&self, day: Day) -> (Day, Day) {
        let day = self.cut_off.iter().map(|cut_off| cut_off.last_before(day)).max().unwrap_or(day);
        (day, self.ages_on.map_or(day, |ages_on| ages_on.last_before(day)))
    }

    pub fn column(&self, number: u32) -> Option<&Column> {
        self.column.iter().find(|column| column.number == number)
    }
}

fn own() -> String {
    OWN.to_owned()
}
