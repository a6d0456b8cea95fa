//! The words of `import/census.toml`: which headers give which field, and which words stand for which value.
//!
//! Everything that a school types differently from another is data here; the rules that use it are in the files beside.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::fold;
use super::target::{Field, Owner, Part, Target, parsed};
use super::values::{Values, key, values};
use crate::model::{Outcome, Place, Problem};

/// The headers and words that a census is read by.
#[derive(Debug, Clone)]
pub struct Synonyms {
    /// Comparable header to target, and its rank among the headers of that target: 0 is the most specific.
    headers: BTreeMap<String, (Target, usize)>,
    /// Beginnings of headers, the longest first.
    owners: Vec<(String, Owner)>,
    member: Vec<String>,
    /// The first characters of everything that a header can begin with.
    beginnings: BTreeSet<char>,
    parts: BTreeMap<String, (Part, usize)>,
    between: Vec<String>,
    child_groups: Vec<String>,
    neutral_groups: Vec<String>,
    values: BTreeMap<String, Values>,
    pub(super) words: Words,
    pub(super) signs: Signs,
    pub(super) skip_rows: Vec<String>,
    pub(super) skip_sheets: Vec<String>,
    ethnicities: Vec<String>,
    ethnicity_suffix: String,
    pub(super) roster: Roster,
}

/// What only the writing of a roster needs. A ledger that is older than rosters has the shipped words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Roster {
    /// Headers of the numbers of rows, of the school's name, of ages.
    pub serial: Vec<String>,
    pub school: Vec<String>,
    pub age: Vec<String>,
    /// What stands between several values of one cell.
    pub joined_by: String,
    pub both_parents: String,
    pub answers: Vec<AnswerPair>,
}

/// A header that asks so is answered so.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerPair {
    pub asks: String,
    pub yes: String,
    pub no: String,
}

/// The words of a new ledger for what only rosters need.
fn shipped_roster() -> Roster {
    #[derive(Deserialize)]
    struct Shipped {
        roster: Roster,
    }
    let text = crate::ledger::template::text("import/census.toml");
    toml::from_str::<Shipped>(&text).expect("the shipped words are read by a test").roster
}

/// Words that stand for nothing, yes, no, here and away. All folded.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub absent: Vec<String>,
    pub blank: Vec<String>,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    pub at_home: Vec<String>,
    pub away: Vec<String>,
    pub resident_id: Vec<String>,
    pub father: Vec<String>,
    pub mother: Vec<String>,
    pub partings: Vec<String>,
    pub hard_partings: Vec<String>,
}

/// The characters that dates, classes and names are written with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signs {
    pub numerals: String,
    pub ten: char,
    pub zero: String,
    pub year: String,
    pub month: String,
    pub day: String,
    pub grade: Vec<String>,
    pub class: Vec<String>,
    pub cohort: Vec<String>,
    pub before_grade: Vec<String>,
    pub middle_dots: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    headers: BTreeMap<String, Vec<String>>,
    ignored: Ignored,
    owners: BTreeMap<String, Vec<String>>,
    parts: BTreeMap<String, Vec<String>>,
    groups: Groups,
    rows: Rows,
    words: Words,
    signs: Signs,
    /// A table that keeps its order.
    values: toml::Table,
    ethnicities: Ethnicities,
    #[serde(default)]
    roster: Option<Roster>,
}

#[derive(Deserialize)]
struct Ignored {
    headers: Vec<String>,
}

#[derive(Deserialize)]
struct Groups {
    child: Vec<String>,
    neutral: Vec<String>,
    between: Vec<String>,
}

#[derive(Deserialize)]
struct Rows {
    skip: Vec<String>,
    skip_sheets: Vec<String>,
}

#[derive(Deserialize)]
struct Ethnicities {
    names: Vec<String>,
    suffix: String,
}

/// Part and rank of the headers of a person.
type Ranked<T> = BTreeMap<String, (T, usize)>;

impl Synonyms {
    /// Reads `import/census.toml`; `file` names it where a word is wrong.
    pub fn parse(file: &str, text: &str) -> Outcome<Synonyms> {
        let wrong = |reason: String| Problem::data("census-words", Place::file(file)).with("reason", reason);
        let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string().trim().replace('\n', " ")))?;
        let mut headers = ranked(&file.headers, Target::of_code).map_err(&wrong)?;
        for header in &file.ignored.headers {
            headers.insert(fold::header(header), (Target::Ignored, 0));
        }
        let (member, owners): (Vec<_>, Vec<_>) = file.owners.iter().partition(|(code, _)| *code == "member");
        let owners = longest_first(&owners).map_err(&wrong)?;
        let member: Vec<String> = member.into_iter().flat_map(|(_, words)| words.clone()).collect();
        let (child_groups, neutral_groups) = (sorted(file.groups.child), sorted(file.groups.neutral));
        let known = headers.keys().chain(owners.iter().map(|(beginning, _)| beginning));
        let known = known.chain(&member).chain(&child_groups).chain(&neutral_groups);
        Ok(Synonyms {
            beginnings: known.filter_map(|word| word.chars().next()).collect(),
            headers,
            owners,
            member,
            parts: ranked(&file.parts, parsed).map_err(&wrong)?,
            between: file.groups.between,
            child_groups,
            neutral_groups,
            values: values(&file.values).map_err(&wrong)?,
            words: file.words.folded(),
            signs: file.signs,
            skip_rows: all_folded(file.rows.skip),
            skip_sheets: all_folded(file.rows.skip_sheets),
            ethnicities: file.ethnicities.names,
            ethnicity_suffix: file.ethnicities.suffix,
            roster: file.roster.unwrap_or_else(shipped_roster).folded(),
        })
    }

    /// What a header gives, with its rank among the headers of the same target.
    pub(super) fn target(&self, header: &str) -> Option<(Target, usize)> {
        const LONGEST: usize = 40;
        if header.chars().count() > LONGEST {
            return None;
        }
        // What brackets hold often tells columns apart; only where that leads nowhere is it layout.
        let whole = fold::whole_header(header);
        self.target_of(&whole, 0).or_else(|| {
            let outside = fold::header(header);
            (outside != whole).then(|| self.target_of(&outside, 0)).flatten()
        })
    }

    fn target_of(&self, header: &str, depth: u8) -> Option<(Target, usize)> {
        const DEEPEST: u8 = 3;
        // Every row of a sheet's top is asked for, and nearly all of what children's rows hold begins otherwise.
        if !self.beginnings.contains(&header.chars().next()?) {
            return None;
        }
        self.headers
            .get(header)
            .copied()
            .or_else(|| self.tick(header))
            .or_else(|| self.person(header))
            .or_else(|| self.member(header))
            .or_else(|| (depth < DEEPEST).then(|| self.grouped(header, depth + 1)).flatten())
    }

    /// A group and one of its values in one header: `health + disabled`.
    fn tick(&self, header: &str) -> Option<(Target, usize)> {
        self.headers.iter().find_map(|(group, (target, _))| {
            let Target::Child(field) = *target else { return None };
            let word = header.strip_prefix(group.as_str())?;
            let place = self.values.get(key(field)?)?.iter().position(|(_, words)| words.iter().any(|w| w == word))?;
            Some((Target::Tick(field, place), 0))
        })
    }

    /// A person and what is said of the person: `father + phone`.
    fn person(&self, header: &str) -> Option<(Target, usize)> {
        self.owners.iter().find_map(|(beginning, owner)| {
            let rest = header.strip_prefix(beginning.as_str())?;
            match owner {
                Owner::Child => self.headers.get(rest).copied(),
                _ => self.part(rest).map(|(part, rank)| (Target::Person(*owner, part), rank)),
            }
        })
    }

    fn part(&self, rest: &str) -> Option<(Part, usize)> {
        let plain = || self.between.iter().find_map(|word| self.parts.get(rest.strip_prefix(word.as_str())?).copied());
        self.parts.get(rest).copied().or_else(plain)
    }

    fn member(&self, header: &str) -> Option<(Target, usize)> {
        let rest = self.member.iter().find_map(|word| header.strip_prefix(word.as_str()))?;
        let first = rest.chars().next()?;
        let number = first.to_digit(10).or_else(|| self.signs.numeral(first))?;
        let (part, rank) = self.part(&rest[first.len_utf8()..])?;
        Some((Target::Person(Owner::Member(u8::try_from(number).ok()?), part), rank))
    }

    fn grouped(&self, header: &str, depth: u8) -> Option<(Target, usize)> {
        let under = |groups: &[String]| {
            groups
                .iter()
                .filter_map(|group| header.strip_prefix(group.as_str()))
                .find_map(|rest| self.target_of(rest, depth))
        };
        under(&self.child_groups)
            .or_else(|| under(&self.neutral_groups).filter(|(target, _)| !names_the_child(*target)))
    }

    /// The values of a field in the order of the file: codes and words.
    pub(super) fn values(&self, list: &str) -> &[(String, Vec<String>)] {
        self.values.get(list).map_or(&[], Vec::as_slice)
    }

    /// The code that a folded word stands for.
    pub(super) fn code(&self, list: &str, word: &str) -> Option<&str> {
        self.values(list)
            .iter()
            .find(|(_, words)| words.iter().any(|known| known == word))
            .map(|(code, _)| code.as_str())
    }

    /// The word that a list gives first for a code.
    pub(super) fn first_word(&self, list: &str, code: &str) -> Option<&str> {
        self.values(list).iter().find(|(known, _)| known == code)?.1.first().map(String::as_str)
    }

    /// The name of a national group, from its name with or without its last character, or its code.
    pub(super) fn ethnicity(&self, word: &str) -> Option<&str> {
        let by_code = || self.ethnicities.get(word.parse::<usize>().ok()?.checked_sub(1)?);
        let named = |name: &&String| *name == word || name.strip_suffix(self.ethnicity_suffix.as_str()) == Some(word);
        self.ethnicities.iter().find(named).or_else(by_code).map(String::as_str)
    }
}

impl Roster {
    fn folded(self) -> Roster {
        let headers = |words: Vec<String>| words.iter().map(|word| fold::header(word)).collect();
        Roster { serial: headers(self.serial), school: headers(self.school), age: headers(self.age), ..self }
    }
}

impl Words {
    fn folded(self) -> Words {
        Words {
            absent: all_folded(self.absent),
            blank: all_folded(self.blank),
            yes: all_folded(self.yes),
            no: all_folded(self.no),
            at_home: all_folded(self.at_home),
            away: all_folded(self.away),
            resident_id: all_folded(self.resident_id),
            father: all_folded(self.father),
            mother: all_folded(self.mother),
            partings: all_folded(self.partings),
            hard_partings: all_folded(self.hard_partings),
        }
    }
}

impl Signs {
    /// The value of one numeral, 1 to 9.
    pub(super) fn numeral(&self, letter: char) -> Option<u32> {
        (1..).zip(self.numerals.chars()).find_map(|(value, numeral)| (numeral == letter).then_some(value))
    }
}

/// A bare name under a group of nobody's in particular may be anybody's.
fn names_the_child(target: Target) -> bool {
    use Field::{Born, Gender, Name, NationalId};
    matches!(target, Target::Child(Name | Born | Gender | NationalId))
}

fn ranked<T>(lists: &BTreeMap<String, Vec<String>>, of: impl Fn(&str) -> Option<T>) -> Result<Ranked<T>, String>
where
    T: Copy,
{
    let mut ranked = BTreeMap::new();
    for (code, words) in lists {
        let target = of(code).ok_or_else(|| format!("{code:?} names no field"))?;
        for (rank, word) in words.iter().enumerate() {
            ranked.insert(fold::header(word), (target, rank));
        }
    }
    Ok(ranked)
}

fn longest_first(lists: &[(&String, &Vec<String>)]) -> Result<Vec<(String, Owner)>, String> {
    let mut owners = Vec::new();
    for (code, words) in lists {
        let owner: Owner = parsed(code).ok_or_else(|| format!("{code:?} names nobody"))?;
        owners.extend(words.iter().map(|word| (fold::header(word), owner)));
    }
    owners.sort_by_key(|(word, _)| std::cmp::Reverse(word.chars().count()));
    Ok(owners)
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
}

fn all_folded(words: Vec<String>) -> Vec<String> {
    words.iter().map(|word| fold::folded(word)).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The file that every ledger begins with.
    pub(in crate::import) fn shipped() -> Synonyms {
        Synonyms::parse("import/census.toml", include_str!("../../data-template/import/census.toml")).unwrap()
    }

    #[test]
    fn headers_that_schools_type_find_their_field() {
        let synonyms = shipped();
        for (header, expected) in [
            ("姓　名", "name"),
            ("★儿童姓名（必填）", "name"),
            ("基本情况姓名", "name"),
            ("父亲当前务工地点", "father.place"),
            ("爸爸姓名", "father.name"),
            ("父亲情况姓名", "father.name"),
            ("家庭情况母亲电话", "mother.phone"),
            ("母亲（联系电话）", "mother.phone"),
            ("委托监护人与被监护人关系", "guardian.relation"),
            ("监护情况监护人姓名", "guardian.name"),
            ("监护人情况姓名", "guardian.name"),
            ("监护情况姓名", "guardian.name"),
            ("与儿童关系", "guardian.relation"),
            ("身体情况健康", "health_status"),
            ("监护类型监护情况较好", "ability"),
            ("家庭经济来源（可多选）打工收入", "income"),
            ("成员1是否监护人", "member1.is_guardian"),
            ("家庭成员二联系电话", "member2.phone"),
            ("父母联系电话", "both.phone"),
            ("父母务工地点", "both.place"),
            ("学生身份证号", "national_id"),
            ("学生家庭住址", "address"),
            ("户口所在地", "hukou_address"),
            ("第二监护人电话", "second_guardian.phone"),
            ("序号", "ignored"),
            ("监护人联系方式", "guardian.phone"),
            ("父亲是否外出", "father.away"),
        ] {
            let found = synonyms.target(header).map(|(target, _)| target.code());
            assert_eq!(found.as_deref(), Some(expected), "{header}");
        }
    }

    #[test]
    fn what_is_somebody_elses_is_not_taken_for_the_childs() {
        let synonyms = shipped();
        for header in ["帮扶教师", "帮扶人姓名", "班主任电话", "家庭成员情况姓名", "户主姓名", "祖父姓名", "校长"]
        {
            assert_eq!(synonyms.target(header), None, "{header}");
        }
    }

    #[test]
    fn a_slip_in_the_file_is_named() {
        let text = include_str!("../../data-template/import/census.toml").replace("former_name =", "formr_name =");
        let problems = Synonyms::parse("import/census.toml", &text).unwrap_err();
        assert_eq!(problems.0[0].code, "census-words");
        assert!(problems.0[0].values[0].1.contains("formr_name"));
    }

    #[test]
    fn national_groups_are_known_by_name_short_name_and_code() {
        let synonyms = shipped();
        for (word, expected) in
            [("苗", Some("苗族")), ("苗族", Some("苗族")), ("01", Some("汉族")), ("穿青人", None), ("0", None)]
        {
            assert_eq!(synonyms.ethnicity(word), expected);
        }
    }
}
