//! Scores and bands from answers or typed totals: a pure function of the scale, what was given, and whether the scale is
//! for the child.

use super::{Answers, Band, Fit, Scale, Subscale, Totals, band_of};

/// What a screening gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// The answer to each item.
    Answers(Answers),
    /// The scores of the subscales, as a paper or another program has added them up.
    Totals(Totals),
}

/// A subscale's score and its band; nothing where it cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    pub score: Option<u32>,
    /// Only of a result: one that is not valid, not complete or out of age has no bands at all.
    pub band: Option<Band>,
}

/// What a scale makes of a screening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// In the order of the scale's subscales.
    pub parts: Vec<Part>,
    pub validity: Option<u32>,
    pub total: Option<u32>,
    pub band: Band,
    /// The items without an answer.
    pub missing: Vec<u32>,
}

/// The scores and the band. A child of whom the age is not known is taken as one that the scale is for.
pub fn scored(scale: &Scale, given: &Given, fit: Fit) -> Scored {
    let scores = Scores::of(scale, given);
    let counting = scale.subscale.iter().zip(&scores.parts).filter(|(subscale, _)| subscale.in_total);
    let total: Option<u32> = counting.map(|(_, score)| *score).sum();
    let band = band(scale, &scores, total, fit);
    let part = |(subscale, score): (&Subscale, &Option<u32>)| Part {
        score: *score,
        band: score.filter(|_| band.is_result()).and_then(|score| band_of(&subscale.bands, score)),
    };
    let parts = scale.subscale.iter().zip(&scores.parts).map(part).collect();
    let missing = match given {
        Given::Answers(answers) => answers.missing(),
        Given::Totals(_) => Vec::new(),
    };
    Scored { parts, validity: scores.validity, total, band, missing }
}

/// The scores before anything is made of them.
struct Scores {
    parts: Vec<Option<u32>>,
    /// Of a scale that has one, where every item of it is answered.
    validity: Option<u32>,
    /// What the validity score is at least, whatever the missing items would say.
    validity_at_least: u32,
}

impl Scores {
    fn of(scale: &Scale, given: &Given) -> Scores {
        match given {
            Given::Totals(totals) => Scores {
                parts: totals.parts.clone(),
                validity: totals.validity,
                validity_at_least: totals.validity.unwrap_or(0),
            },
            Given::Answers(answers) => {
                let items = scale.validity.iter().flat_map(|validity| &validity.items);
                let found: Vec<Option<u32>> = items.map(|item| answers.get(*item).map(u32::from)).collect();
                Scores {
                    parts: scale.subscale.iter().map(|subscale| subscale_score(scale, subscale, answers)).collect(),
                    validity: if scale.validity.is_some() { found.iter().copied().sum() } else { None },
                    validity_at_least: found.iter().flatten().sum(),
                }
            }
        }
    }
}

fn band(scale: &Scale, scores: &Scores, total: Option<u32>, fit: Fit) -> Band {
    let invalid = scale.validity.as_ref().is_some_and(|validity| scores.validity_at_least >= validity.invalid_from);
    let unsure = scale.validity.is_some() && scores.validity.is_none();
    if fit == Fit::Outside {
        return Band::OutOfAge;
    }
    if invalid {
        return Band::Invalid;
    }
    match total.filter(|_| !unsure) {
        Some(total) => band_of(&scale.total.bands, total).unwrap_or(Band::Incomplete),
        None => Band::Incomplete,
    }
}

/// The sum of a subscale's items, reversed where the key says so; with items missing, in proportion where the scale
/// allows it, rounded to the nearest whole (halves up).
fn subscale_score(scale: &Scale, subscale: &Subscale, answers: &Answers) -> Option<u32> {
    let ends = u32::from(scale.lowest()) + u32::from(scale.highest());
    let score = |item: &u32| {
        let given = u32::from(answers.get(*item)?);
        Some(if subscale.reversed.contains(item) { ends - given } else { given })
    };
    let found: Vec<u32> = subscale.items.iter().filter_map(score).collect();
    let (there, all, sum) = (found.len() as u32, subscale.items.len() as u32, found.iter().sum::<u32>());
    if there == all {
        return Some(sum);
    }
    let enough = scale.pro_rata_from.is_some_and(|least| there >= least.max(1));
    enough.then(|| (2 * sum * all + there) / (2 * there))
}
