//! Funds: what of a row is money or goods that came in or went out, and on which days a fund would be below zero. Which
//! fields of which kinds say so is data (`rules/funds.toml`): nothing here names a kind.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::code::codes;
use super::kind::Label;
use super::{Day, Money, Quantity};

codes! {
    /// Whether a thing comes into a fund or goes out of it.
    Way as "fund-way" { In = "in", Out = "out" }
}

/// `rules/funds.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FundRules {
    /// The words for the fund of a row that names none.
    pub unnamed: Label,
    pub flow: Vec<FlowRule>,
}

/// How rows of one kind move money or goods.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FlowRule {
    pub kind: String,
    pub way: Way,
    /// Only rows in which each of these fields has one of the values.
    #[serde(default, rename = "where")]
    pub when: BTreeMap<String, Vec<String>>,
    /// Not rows in which one of these fields has one of the values.
    #[serde(default)]
    pub unless: BTreeMap<String, Vec<String>>,
    /// The field of an amount; or else `item` and `quantity`.
    pub money: Option<String>,
    pub item: Option<String>,
    pub quantity: Option<String>,
    /// From whom, or to whom.
    pub who: String,
    /// What for: the first of these fields that is not empty.
    pub what: Vec<String>,
}

/// The fields in which every kind names its fund, its receipt, and the reason for an overdraft.
pub const FUND: &str = "fund";
pub const RECEIPT: &str = "receipt";
pub const OVERDRAW: &str = "overdraw";

/// Money or goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stuff {
    Money(Money),
    Goods {
        item: String,
        quantity: Quantity,
    },
    /// A row of the kind that says neither, or not so that it can be read.
    Unread,
}

/// What one row moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// Empty where the row names none.
    pub fund: String,
    pub way: Way,
    pub stuff: Stuff,
    pub who: String,
    pub what: String,
    pub receipt: String,
    /// Why the fund may go below zero; empty where nobody said so.
    pub overdraw: String,
}

impl FundRules {
    /// The kinds whose rows move money or goods.
    pub fn kinds(&self) -> BTreeSet<String> {
        self.flow.iter().map(|rule| rule.kind.clone()).collect()
    }

    /// The fields of a kind that hold an amount or a quantity.
    pub fn amounts(&self, kind: &str) -> BTreeSet<&str> {
        let of = self.flow.iter().filter(|rule| rule.kind == kind);
        of.flat_map(|rule| rule.money.iter().chain(&rule.quantity)).map(String::as_str).collect()
    }

    /// What a row of a kind moves, from its cells.
    pub fn flows(&self, kind: &str, cell: &dyn Fn(&str) -> String) -> Vec<Flow> {
        let holds = |(field, of): (&String, &Vec<String>)| of.contains(&cell(field));
        let meant =
            |rule: &&FlowRule| rule.kind == kind && rule.when.iter().all(holds) && !rule.unless.iter().any(holds);
        let rules: Vec<&FlowRule> = self.flow.iter().filter(meant).collect();
        let found: Vec<Flow> = rules.iter().filter_map(|rule| Some(rule.flow(stuff(rule, cell)?, cell))).collect();
        match (found.is_empty(), rules.first()) {
            (true, Some(rule)) => vec![rule.flow(Stuff::Unread, cell)],
            _ => found,
        }
    }
}

/// What a row says of the thing that the rule moves; nothing where it says nothing of it.
fn stuff(rule: &FlowRule, cell: &dyn Fn(&str) -> String) -> Option<Stuff> {
    if let Some(field) = &rule.money {
        let amount = cell(field);
        // An amount has no sign: which way it goes is the rule's to say.
        let read = amount.parse().ok().filter(|money: &Money| !money.is_owed());
        return (!amount.is_empty()).then(|| read.map_or(Stuff::Unread, Stuff::Money));
    }
    let quantity = cell(rule.quantity.as_deref()?);
    let item = cell(rule.item.as_deref()?);
    let read = |quantity: &str| Some(Stuff::Goods { item: item.clone(), quantity: quantity.parse().ok()? });
    (!quantity.is_empty()).then(|| read(&quantity).unwrap_or(Stuff::Unread))
}

impl FlowRule {
    fn flow(&self, stuff: Stuff, cell: &dyn Fn(&str) -> String) -> Flow {
        Flow {
            fund: cell(FUND),
            way: self.way,
            stuff,
            who: cell(&self.who),
            what: self.what.iter().map(|field| cell(field)).find(|text| !text.is_empty()).unwrap_or_default(),
            receipt: cell(RECEIPT),
            overdraw: cell(OVERDRAW),
        }
    }
}

/// One row's money as the balance of its fund sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    pub day: Day,
    pub fund: String,
    pub way: Way,
    pub money: Money,
    pub overdraw: String,
    /// What names the row.
    pub row: String,
}

/// A day at whose end a fund is below zero, and on which something was spent from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdraft {
    pub fund: String,
    pub day: Day,
    /// At the end of the day.
    pub balance: Money,
    /// What was there before the day's spending.
    pub there: Money,
    /// The rows that were spent that day.
    pub rows: Vec<String>,
    /// The reason that one of them gives; empty where nobody has said that the fund may be overdrawn.
    pub reason: String,
}

/// The days on which funds are overdrawn, by fund and day. What comes in on a day is there for what goes out on it.
pub fn overdrafts(postings: &[Posting]) -> Vec<Overdraft> {
    let mut days: BTreeMap<(&str, Day), Vec<&Posting>> = BTreeMap::new();
    for posting in postings {
        days.entry((&posting.fund, posting.day)).or_default().push(posting);
    }
    let mut found = Vec::new();
    let mut balance: (&str, Money) = ("", Money::ZERO);
    for ((fund, day), postings) in days {
        let before = if balance.0 == fund { balance.1 } else { Money::ZERO };
        let sum = |way: Way| postings.iter().filter(|one| one.way == way).map(|one| one.money).sum::<Money>();
        let there = before + sum(Way::In);
        let left = there - sum(Way::Out);
        balance = (fund, left);
        let spent: Vec<&&Posting> = postings.iter().filter(|one| one.way == Way::Out).collect();
        if left.is_owed() && !spent.is_empty() {
            found.push(Overdraft {
                fund: fund.to_owned(),
                day,
                balance: left,
                there,
                rows: spent.iter().map(|one| one.row.clone()).collect(),
                reason: spent.iter().map(|one| one.overdraw.clone()).find(|why| !why.is_empty()).unwrap_or_default(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posting(day: &str, fund: &str, way: Way, yuan: &str, overdraw: &str) -> Posting {
        Posting {
            day: day.parse().unwrap(),
            fund: fund.into(),
            way,
            money: yuan.parse().unwrap(),
            overdraw: overdraw.into(),
            row: format!("{day}{yuan}"),
        }
    }

    #[test]
    fn a_row_moves_what_its_kind_says_and_a_gift_in_kind_brings_no_money() {
        let rules: FundRules = toml::from_str(include_str!("../../data-template/rules/funds.toml")).unwrap();
        let flows = |kind: &str, cells: &[(&str, &str)]| -> Vec<(Way, String)> {
            let cell = |field: &str| {
                let found = cells.iter().find(|(name, _)| *name == field);
                found.map_or_else(String::new, |(_, value)| (*value).to_owned())
            };
            let said = |flow: Flow| match flow.stuff {
                Stuff::Money(money) => (flow.way, money.to_string()),
                Stuff::Goods { item, quantity } => (flow.way, format!("{quantity} {item}")),
                Stuff::Unread => (flow.way, "?".to_owned()),
            };
            rules.flows(kind, &cell).into_iter().map(said).collect()
        };
        let of = |rows: &[(Way, &str)]| -> Vec<(Way, String)> {
            rows.iter().map(|(way, said)| (*way, (*said).to_owned())).collect()
        };
        let goods = [("type", "goods"), ("amount", "800"), ("item", "棉衣"), ("quantity", "10 件")];
        assert_eq!(flows("donation", &goods), of(&[(Way::In, "10 件 棉衣")]));
        assert_eq!(flows("donation", &[("type", "cash"), ("amount", "800")]), of(&[(Way::In, "800.00")]));
        assert_eq!(flows("donation", &[("type", "cash"), ("amount", "-8")]), of(&[(Way::In, "?")]));
        assert_eq!(flows("donation", &[("type", "cash")]), of(&[(Way::In, "?")]));
        assert_eq!(flows("funding", &[("amount", "5")]), of(&[(Way::In, "5.00")]));
        let bought = [("direction", "spending"), ("amount", "5"), ("item", "书"), ("quantity", "2 本")];
        assert_eq!(flows("funding", &bought), of(&[(Way::Out, "5.00"), (Way::In, "2 本 书")]));
        assert_eq!(flows("aid", &[("item", "书"), ("quantity", "1 本"), ("value", "9")]), of(&[(Way::Out, "1 本 书")]));
        assert_eq!(flows("home-visit", &[("amount", "5")]), of(&[]));
    }

    #[test]
    fn a_fund_is_overdrawn_on_the_day_that_it_is_whatever_comes_later() {
        let rows = [
            posting("2026-09-10", "a", Way::Out, "50", ""),
            posting("2026-09-01", "a", Way::In, "40", ""),
            posting("2026-09-20", "a", Way::In, "100", ""),
            posting("2026-09-10", "b", Way::In, "7", ""),
            posting("2026-09-10", "b", Way::Out, "7", ""),
            posting("2026-09-30", "", Way::Out, "1", "先垫付"),
        ];
        let found = overdrafts(&rows);
        let said: Vec<(&str, String, String, &str)> = found
            .iter()
            .map(|one| (one.fund.as_str(), one.day.to_string(), one.balance.to_string(), one.reason.as_str()))
            .collect();
        assert_eq!(
            said,
            [("", "2026-09-30".into(), "-1.00".into(), "先垫付"), ("a", "2026-09-10".into(), "-10.00".into(), "")]
        );
        assert_eq!(found[1].there.to_string(), "40.00");
    }
}
