//! What can be wrong with a scale that can be read: a key that scores an item twice or not at all, a cut-off that nobody
//! can reach.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::VALIDITY;
use super::{Cut, Scale};

/// One thing that is wrong: the code of the problem, the key of the file that it is about, and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    /// Such as `subscale.2.items`.
    pub key: String,
    pub value: String,
}

fn fault(code: &'static str, key: impl Into<String>, value: impl ToString) -> Fault {
    Fault { code, key: key.into(), value: value.to_string() }
}

/// More items than any scale has.
const MOST_ITEMS: u32 = 500;

impl Scale {
    /// Everything that is wrong with the scale.
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = self.faults_of_answers();
        found.extend(self.faults_of_items());
        found.extend(self.faults_of_names());
        found.extend(self.faults_of_bands());
        found.extend(self.faults_of_numbers());
        found
    }

    fn faults_of_answers(&self) -> Vec<Fault> {
        let scores: BTreeSet<u8> = self.answer.iter().map(|answer| answer.score).collect();
        let mut found = Vec::new();
        if scores.len() < 2 || scores.len() < self.answer.len() {
            found.push(fault("scale-answers", "answer", self.answer.len()));
        }
        found.extend(scores.iter().filter(|score| **score > 9).map(|score| fault("scale-answers", "answer", score)));
        let mut words = BTreeSet::new();
        for word in self.answer.iter().flat_map(|answer| &answer.words) {
            let is_digit = word.len() == 1 && word.as_bytes()[0].is_ascii_digit();
            if is_digit || !words.insert(word.to_lowercase()) {
                found.push(fault("scale-answers", "answer", word));
            }
        }
        found
    }

    /// Every item is scored once, or said to be unused.
    fn faults_of_items(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        let mut taken: BTreeMap<u32, String> = BTreeMap::new();
        let lists = self.subscale.iter().enumerate().map(|(at, one)| (format!("subscale.{at}.items"), &one.items));
        let validity = self.validity.iter().map(|one| ("validity.items".to_owned(), &one.items));
        for (key, items) in lists.chain(validity).chain([("unused".to_owned(), &self.unused)]) {
            if items.is_empty() && key != "unused" {
                found.push(fault("scale-empty", key.clone(), ""));
            }
            for item in items {
                if !(1..=self.items).contains(item) {
                    found.push(fault("scale-item", key.clone(), item));
                } else if taken.insert(*item, key.clone()).is_some() {
                    found.push(fault("scale-item-twice", key.clone(), item));
                }
            }
        }
        let left: Vec<String> = (1..=self.items.min(MOST_ITEMS))
            .filter(|item| !taken.contains_key(item))
            .map(|item| item.to_string())
            .collect();
        if !left.is_empty() {
            found.push(fault("scale-item-left", "items", left.join(", ")));
        }
        for (at, subscale) in self.subscale.iter().enumerate() {
            let strange = subscale.reversed.iter().filter(|item| !subscale.items.contains(item));
            found.extend(strange.map(|item| fault("scale-reversed", format!("subscale.{at}.reversed"), item)));
        }
        found
    }

    fn faults_of_names(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        let mut ids = BTreeSet::new();
        if self.subscale.iter().all(|subscale| !subscale.in_total) {
            found.push(fault("scale-empty", "subscale", ""));
        }
        for (at, subscale) in self.subscale.iter().enumerate() {
            let reserved = [VALIDITY, "total"].contains(&subscale.id.as_str());
            if !crate::model::is_id(&subscale.id) || reserved || !ids.insert(&subscale.id) {
                found.push(fault("scale-id", format!("subscale.{at}.id"), &subscale.id));
            }
        }
        found
    }

    fn faults_of_bands(&self) -> Vec<Fault> {
        let in_total = self.subscale.iter().filter(|subscale| subscale.in_total);
        let all = in_total.map(|subscale| subscale.items.len()).sum();
        let mut found = faults_of_cuts("total.bands", &self.total.bands, self.most(all));
        if self.total.bands.is_empty() {
            found.push(fault("scale-empty", "total.bands", ""));
        }
        for (at, subscale) in self.subscale.iter().enumerate() {
            let most = self.most(subscale.items.len());
            found.extend(faults_of_cuts(&format!("subscale.{at}.bands"), &subscale.bands, most));
        }
        found
    }

    fn faults_of_numbers(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        if !(1..=MOST_ITEMS).contains(&self.items) {
            found.push(fault("scale-items", "items", self.items));
        }
        if let Some(validity) = &self.validity
            && !(1..=self.most(validity.items.len())).contains(&validity.invalid_from)
        {
            found.push(fault("scale-validity", "validity.invalid-from", validity.invalid_from));
        }
        let longest = self.subscale.iter().map(|subscale| subscale.items.len() as u32).max().unwrap_or(0);
        if let Some(least) = self.pro_rata_from.filter(|least| *least == 0 || *least > longest) {
            found.push(fault("scale-pro-rata", "pro-rata-from", least));
        }
        for (key, range) in [("for.ages", self.whom.ages), ("for.grades", self.whom.grades)] {
            if let Some(range) = range.filter(|range| range.until.is_some_and(|until| until < range.from)) {
                found.push(fault("scale-range", key, range.from));
            }
        }
        found
    }
}

/// Cut-offs begin at 0, rise, can be reached, and name a band that says something.
fn faults_of_cuts(key: &str, cuts: &[Cut], most: u32) -> Vec<Fault> {
    let mut found = Vec::new();
    if cuts.first().is_some_and(|first| first.from != 0) {
        found.push(fault("scale-band-first", key, cuts[0].from));
    }
    for pair in cuts.windows(2).filter(|pair| pair[1].from <= pair[0].from) {
        found.push(fault("scale-band-order", key, pair[1].from));
    }
    for cut in cuts {
        if cut.from > most {
            found.push(fault("scale-band-reach", key, cut.from));
        }
        if !cut.band.is_result() {
            found.push(fault("scale-band-code", key, cut.band));
        }
    }
    found
}
