//! What the numbers of a health examination mean, by bounds that are data (`rules/health.toml`): screening, no diagnosis.
//! Whose sex or age is not known, and whose numbers no child can have, is unknown and never normal.

use serde::{Deserialize, Deserializer};

use super::code::codes;
use super::kind::{Citation, Label};
use super::{Day, Exact, Gender};

/// `rules/health.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HealthRules {
    /// The type of the follow-up that a finding opens.
    pub opens: String,
    /// The fields of the measures.
    pub height: String,
    pub weight: String,
    /// One field an eye.
    pub eyes: Vec<String>,
    pub plausible: Plausible,
    pub vision: Vision,
    pub bmi: Bmi,
}

/// What a child can measure, first and last.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plausible {
    pub height: [Bound; 2],
    pub weight: [Bound; 2],
    pub vision: [Bound; 2],
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vision {
    pub below: Bound,
    pub label: Label,
    pub source: Citation,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Bmi {
    pub severe_wasting: Label,
    pub wasting: Label,
    pub overweight: Label,
    pub obesity: Label,
    pub thin_source: Citation,
    pub heavy_source: Citation,
    /// Month of life, then the four bounds.
    pub male: Vec<[Bound; 5]>,
    pub female: Vec<[Bound; 5]>,
}

/// A number as the file writes it, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound(pub Exact);

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Bound, D::Error> {
        let written = toml::Value::deserialize(deserializer)?;
        // The shortest writing of a float is the one that the file has.
        let read = written.to_string().parse().or_else(|_| written.to_string().trim_end_matches(".0").parse());
        read.map(Bound).map_err(serde::de::Error::custom)
    }
}

codes! {
    /// What a measure says.
    Verdict as "health" {
        SevereWasting = "severe-wasting",
        Wasting = "wasting",
        Overweight = "overweight",
        Obesity = "obesity",
        PoorEyesight = "poor-eyesight",
        /// Within the bounds.
        Within = "within",
        Unknown = "unknown",
    }
}

codes! {
    /// Why a measure says nothing.
    Why as "health-why" {
        NotMeasured = "not-measured",
        /// No child has such a number.
        Implausible = "implausible",
        Sex = "sex",
        Age = "age",
        /// Younger or older than the table.
        OutsideTable = "outside-table",
    }
}

/// One measure, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub why: Option<Why>,
    /// What was measured, such as `BMI 16.4` or `4.8 / 5.0`; empty where nothing was.
    pub value: String,
    /// The bound that it is held against, such as `≥ 16.4`; empty where there is none.
    pub bound: String,
    pub source: Option<Citation>,
}

impl Judgement {
    fn unknown(why: Why, value: String) -> Judgement {
        Judgement { verdict: Verdict::Unknown, why: Some(why), value, bound: String::new(), source: None }
    }

    /// Whether somebody should look at it.
    pub fn is_finding(&self) -> bool {
        !matches!(self.verdict, Verdict::Within | Verdict::Unknown)
    }
}

/// Whom the numbers are of, on the day of the examination.
#[derive(Debug, Clone, Copy)]
pub struct Examined {
    pub gender: Option<Gender>,
    pub born: Option<Day>,
    pub day: Day,
}

impl HealthRules {
    /// The body mass for sex and age, and the eyesight.
    pub fn judgements(&self, child: Examined, cell: &dyn Fn(&str) -> String) -> [Judgement; 2] {
        [self.body(child, &cell(&self.height), &cell(&self.weight)), self.eyesight(cell)]
    }

    /// The fields that it judges.
    pub fn fields(&self) -> Vec<String> {
        [&self.height, &self.weight].into_iter().chain(&self.eyes).cloned().collect()
    }

    /// The words of a finding, in the language of the school.
    pub fn label(&self, verdict: Verdict) -> Option<&Label> {
        match verdict {
            Verdict::SevereWasting => Some(&self.bmi.severe_wasting),
            Verdict::Wasting => Some(&self.bmi.wasting),
            Verdict::Overweight => Some(&self.bmi.overweight),
            Verdict::Obesity => Some(&self.bmi.obesity),
            Verdict::PoorEyesight => Some(&self.vision.label),
            Verdict::Within | Verdict::Unknown => None,
        }
    }

    fn body(&self, child: Examined, height: &str, weight: &str) -> Judgement {
        let (Ok(height), Ok(weight)) = (height.parse::<Exact>(), weight.parse::<Exact>()) else {
            return Judgement::unknown(Why::NotMeasured, String::new());
        };
        if !fits(height, &self.plausible.height) || !fits(weight, &self.plausible.weight) {
            return Judgement::unknown(Why::Implausible, format!("{height} cm, {weight} kg"));
        }
        let bmi = bmi(height, weight);
        let value = format!("BMI {}", tenths(bmi));
        let Some(gender) = child.gender else { return Judgement::unknown(Why::Sex, value) };
        let Some(born) = child.born else { return Judgement::unknown(Why::Age, value) };
        let table = if gender == Gender::Male { &self.bmi.male } else { &self.bmi.female };
        match row(table, child.day.months_since(born)) {
            Some(row) => self.held_against(bmi, row, value),
            None => Judgement::unknown(Why::OutsideTable, value),
        }
    }

    fn held_against(&self, bmi: Exact, row: &[Bound; 5], value: String) -> Judgement {
        let [_, severe, wasting, overweight, obesity] = *row;
        let judged = |verdict: Verdict, bound: String, source: &Citation| Judgement {
            verdict,
            why: None,
            value: value.clone(),
            bound,
            source: Some(source.clone()),
        };
        let (thin, heavy) = (&self.bmi.thin_source, &self.bmi.heavy_source);
        match bmi {
            _ if bmi <= severe.0 => judged(Verdict::SevereWasting, format!("≤ {}", tenths(severe.0)), thin),
            _ if bmi <= wasting.0 => judged(Verdict::Wasting, format!("≤ {}", tenths(wasting.0)), thin),
            _ if bmi >= obesity.0 => judged(Verdict::Obesity, format!("≥ {}", tenths(obesity.0)), heavy),
            _ if bmi >= overweight.0 => judged(Verdict::Overweight, format!("≥ {}", tenths(overweight.0)), heavy),
            _ => judged(Verdict::Within, format!("{} < x < {}", tenths(wasting.0), tenths(overweight.0)), heavy),
        }
    }

    fn eyesight(&self, cell: &dyn Fn(&str) -> String) -> Judgement {
        let eyes: Vec<String> = self.eyes.iter().map(|field| cell(field)).collect();
        let read: Vec<Exact> = eyes.iter().filter_map(|eye| eye.parse().ok()).collect();
        let value = match read.is_empty() {
            true => String::new(),
            false => eyes.iter().map(|eye| eye_said(eye)).collect::<Vec<_>>().join(" / "),
        };
        if read.iter().any(|eye| !fits(*eye, &self.plausible.vision)) {
            return Judgement::unknown(Why::Implausible, value);
        }
        let bound = self.vision.below.0;
        let is_poor = read.iter().any(|eye| *eye < bound);
        // One eye that is poor is enough; that both are well needs both.
        let (verdict, bound) = match (is_poor, read.len() == self.eyes.len()) {
            (true, _) => (Verdict::PoorEyesight, format!("< {}", tenths(bound))),
            (false, true) => (Verdict::Within, format!("≥ {}", tenths(bound))),
            (false, false) => return Judgement::unknown(Why::NotMeasured, value),
        };
        Judgement { verdict, why: None, value, bound, source: Some(self.vision.source.clone()) }
    }
}

/// A number with at least one place, as bounds and eyesight are written: `5.0`.
fn tenths(number: Exact) -> String {
    let text = number.to_string();
    if text.contains('.') { text } else { format!("{text}.0") }
}

fn eye_said(eye: &str) -> String {
    eye.parse().map_or_else(|_| "—".to_owned(), tenths)
}

fn fits(number: Exact, [first, last]: &[Bound; 2]) -> bool {
    first.0 <= number && number <= last.0
}

/// The row of an age in months: each is for the months up to the next one's, the last for half a year.
fn row(table: &[[Bound; 5]], months: i32) -> Option<&[Bound; 5]> {
    const HALF_A_YEAR: i128 = 6;
    let months = i128::from(months) * 1_000_000;
    let found = table.iter().rfind(|row| row[0].0.millionths() <= months)?;
    let is_last = table.last() == Some(found);
    (!is_last || months < found[0].0.millionths() + HALF_A_YEAR * 1_000_000).then_some(found)
}

/// Weight in kg by the square of the height in m, from kg and cm, rounded to one place; half goes up.
fn bmi(height: Exact, weight: Exact) -> Exact {
    let square = height.millionths() * height.millionths();
    // Tenths: kg · 10⁴ · 10 / cm², where one of the two factors of a million is left over.
    let above = weight.millionths() * 100_000 * 1_000_000;
    let tenths = (2 * above + square) / (2 * square);
    Exact::of_millionths(tenths * 100_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> HealthRules {
        toml::from_str(include_str!("../../data-template/rules/health.toml")).unwrap()
    }

    fn child(gender: &str, born: &str) -> Examined {
        Examined { gender: Gender::of_code(gender), born: born.parse().ok(), day: "2026-10-12".parse().unwrap() }
    }

    fn body(child: Examined, height: &str, weight: &str) -> Judgement {
        rules().body(child, height, weight)
    }

    #[test]
    fn the_body_mass_is_weight_by_the_square_of_height_to_one_place() {
        let exact = |text: &str| text.parse::<Exact>().unwrap();
        for (height, weight, expected) in
            [("130", "30", "17.8"), ("120.5", "22.3", "15.4"), ("140", "33.22", "16.9"), ("100", "16.45", "16.5")]
        {
            assert_eq!(bmi(exact(height), exact(weight)).to_string(), expected, "{height} {weight}");
        }
    }

    #[test]
    fn a_bound_belongs_to_the_finding_and_the_row_is_that_of_the_half_year() {
        // A height of one metre makes the weight the index.
        for (gender, born, weight, verdict, bound) in [
            ("male", "2019-10-12", "17.0", "overweight", "≥ 17.0"),
            ("male", "2019-10-12", "16.9", "within", "13.9 < x < 17.0"),
            ("male", "2019-10-13", "16.7", "overweight", "≥ 16.7"),
            ("male", "2019-10-12", "18.7", "obesity", "≥ 18.7"),
            ("male", "2019-10-12", "13.9", "wasting", "≤ 13.9"),
            ("male", "2019-10-12", "13.5", "severe-wasting", "≤ 13.5"),
            ("female", "2014-04-12", "21.8", "within", "14.9 < x < 21.9"),
            ("female", "2014-04-12", "21.9", "overweight", "≥ 21.9"),
        ] {
            let found = body(child(gender, born), "100", weight);
            assert_eq!((found.verdict.code(), found.bound.as_str()), (verdict, bound), "{gender} {born} {weight}");
            assert!(found.source.is_some());
        }
    }

    #[test]
    fn what_is_not_known_of_a_child_is_unknown_and_never_normal() {
        let boy = child("male", "2018-01-01");
        for (child, height, weight, why) in [
            (child("", "2018-01-01"), "130", "60", Why::Sex),
            (child("male", ""), "130", "60", Why::Age),
            (child("male", "2021-10-12"), "110", "19", Why::OutsideTable),
            (child("male", "2013-10-12"), "150", "45", Why::OutsideTable),
            (boy, "1.30", "28", Why::Implausible),
            (boy, "130", "280", Why::Implausible),
            (boy, "", "28", Why::NotMeasured),
        ] {
            let found = body(child, height, weight);
            assert_eq!((found.verdict, found.why), (Verdict::Unknown, Some(why)), "{height} {weight}");
        }
    }

    #[test]
    fn one_poor_eye_is_a_finding_and_one_eye_alone_is_no_good_sight() {
        let eyes = |left: &str, right: &str| {
            let (left, right) = (left.to_owned(), right.to_owned());
            let cell = move |field: &str| if field == "vision-left" { left.clone() } else { right.clone() };
            rules().eyesight(&cell).verdict.code()
        };
        assert_eq!(eyes("4.9", "5.0"), "poor-eyesight");
        assert_eq!(eyes("4.9", ""), "poor-eyesight");
        assert_eq!(eyes("5.0", "5.1"), "within");
        assert_eq!(eyes("5.0", ""), "unknown");
        assert_eq!(eyes("0.8", "1.0"), "unknown", "the decimal record is no five-mark record");
        assert_eq!(eyes("", ""), "unknown");
    }

    #[test]
    fn the_tables_rise_with_age_and_their_bounds_with_weight() {
        let rules = rules();
        for table in [&rules.bmi.male, &rules.bmi.female] {
            assert_eq!(table.len(), 14);
            assert!(table.iter().all(|row| row[1..].windows(2).all(|pair| pair[0] < pair[1])));
            assert!(table.windows(2).all(|rows| (0..5).all(|at| rows[0][at] <= rows[1][at])));
        }
    }
}
