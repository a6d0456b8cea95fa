//! The books of the funds: for a stretch of days, what each had, what came in from whom, what went out for what, what is
//! left; and which rows lack a receipt or an amount. Sums are of whole fen; goods are added within one unit only.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::Span;
use crate::ledger::{Origin, Snapshot};
use crate::model::fund::{Flow, FundRules, Overdraft, Posting, Stuff, Way, overdrafts};
use crate::model::{ActivityAt, Day, Exact, Money, Outcome};

/// One thing that a row moves.
#[derive(Debug, Clone)]
pub struct Moved {
    pub at: ActivityAt,
    pub day: Day,
    pub flow: Flow,
}

/// Income from one source, or spending for one purpose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub times: u32,
    pub money: Money,
    /// The children that the rows name.
    pub children: BTreeSet<u32>,
}

/// The goods of one sort and unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    pub brought: Exact,
    pub came: Exact,
    pub went: Exact,
    /// Added up from all rows to the last day, apart from the three others.
    pub left: Exact,
    /// Whether any of them ever came in: of goods that only go out nobody keeps a store, and what is left is not known.
    pub is_kept: bool,
}

/// One fund.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fund {
    pub brought: Money,
    pub income: Money,
    pub spending: Money,
    /// Added up from all rows to the last day, apart from the three others.
    pub left: Money,
    pub sources: BTreeMap<String, Line>,
    pub purposes: BTreeMap<String, Line>,
    /// By item and unit.
    pub goods: BTreeMap<(String, String), Goods>,
}

/// What one child was given.
#[derive(Debug, Clone, Default)]
pub struct Given {
    pub times: u32,
    /// Of rows for this child alone.
    pub money: Money,
    /// Of rows for this child alone, as `3 件 棉衣`.
    pub goods: Vec<String>,
    /// Rows for several children together: what each had of them is not recorded.
    pub shared: u32,
    pub rows: Vec<ActivityAt>,
}

/// The books of a stretch.
#[derive(Debug, Default)]
pub struct Books {
    pub funds: BTreeMap<String, Fund>,
    pub overdrawn: Vec<Overdraft>,
    /// Rows of the stretch without a receipt.
    pub without_receipt: Vec<Moved>,
    /// Rows of the stretch whose amount is missing or cannot be read.
    pub unread: Vec<Moved>,
    pub given: BTreeMap<u32, Given>,
}

/// Everything that moves money or goods, by day; what comes in stands before what goes out.
pub fn moved(snapshot: &Snapshot, rules: &FundRules) -> Vec<Moved> {
    let kinds = rules.kinds();
    let mut found = Vec::new();
    for (at, log, activity) in snapshot.activities().filter(|(_, log, _)| kinds.contains(&log.kind)) {
        let cell = |field: &str| log.table.get(activity.row as usize, field).to_owned();
        let flows = rules.flows(&log.kind, &cell);
        found.extend(flows.into_iter().map(|flow| Moved { at, day: activity.day, flow }));
    }
    found.sort_by_key(|one| (one.day, one.flow.way, one.at));
    found
}

/// The days on which a fund is overdrawn, over the whole ledger.
pub fn overdrawn(snapshot: &Snapshot, moved: &[Moved]) -> Vec<Overdraft> {
    let posting = |one: &Moved| {
        let Stuff::Money(money) = one.flow.stuff else { return None };
        let (log, activity) = snapshot.activity(one.at);
        Some(Posting {
            day: one.day,
            fund: one.flow.fund.clone(),
            way: one.flow.way,
            money,
            overdraw: one.flow.overdraw.clone(),
            row: log.table.get(activity.row as usize, "id").to_owned(),
        })
    };
    overdrafts(&moved.iter().filter_map(posting).collect::<Vec<_>>())
}

/// The books of a stretch of days.
pub fn books(snapshot: &Snapshot, span: Span) -> Outcome<Books> {
    let rules = snapshot.definitions().fund_rules()?;
    let moved = moved(snapshot, &rules);
    let mut books = Books::default();
    for one in moved.iter().filter(|one| one.day <= span.last) {
        let inside = span.covers(one.day);
        books.add(snapshot, one, inside);
    }
    books.overdrawn = overdrawn(snapshot, &moved).into_iter().filter(|one| span.covers(one.day)).collect();
    Ok(books)
}

impl Books {
    fn add(&mut self, snapshot: &Snapshot, one: &Moved, inside: bool) {
        let (log, activity) = snapshot.activity(one.at);
        let children = log.students(activity);
        let fund = self.funds.entry(one.flow.fund.clone()).or_default();
        match &one.flow.stuff {
            Stuff::Money(money) => fund.pay(&one.flow, *money, children, inside),
            Stuff::Goods { item, quantity } => {
                let goods = fund.goods.entry((item.clone(), quantity.unit.clone())).or_default();
                goods.take(one.flow.way, quantity.number, inside);
            }
            Stuff::Unread if inside => self.unread.push(one.clone()),
            Stuff::Unread => {}
        }
        if !inside {
            return;
        }
        if one.flow.receipt.is_empty() {
            self.without_receipt.push(one.clone());
        }
        if one.flow.way == Way::Out {
            children.iter().for_each(|child| self.given.entry(*child).or_default().add(one, children.len() == 1));
        }
    }

    /// Whether everything adds up, and what does not: each pair is one sum had in two ways.
    pub fn crossed(&self) -> Vec<(&'static str, Money, Money)> {
        let sum = |of: &dyn Fn(&Fund) -> Money| self.funds.values().map(of).sum::<Money>();
        let lines = |of: &dyn Fn(&Fund) -> Money| sum(of);
        vec![
            ("sources", lines(&|fund| fund.sources.values().map(|line| line.money).sum()), sum(&|fund| fund.income)),
            (
                "purposes",
                lines(&|fund| fund.purposes.values().map(|line| line.money).sum()),
                sum(&|fund| fund.spending),
            ),
            ("left", sum(&|fund| fund.brought + fund.income - fund.spending), sum(&|fund| fund.left)),
        ]
    }

    /// Goods whose parts do not give what is left.
    pub fn goods_agree(&self) -> bool {
        let goods = self.funds.values().flat_map(|fund| fund.goods.values());
        goods.into_iter().all(|one| one.brought + one.came - one.went == one.left)
    }
}

impl Fund {
    fn pay(&mut self, flow: &Flow, money: Money, children: &[u32], inside: bool) {
        let change = if flow.way == Way::In { money } else { -money };
        self.left += change;
        if !inside {
            self.brought += change;
            return;
        }
        let line = match flow.way {
            Way::In => {
                self.income += money;
                self.sources.entry(flow.who.clone()).or_default()
            }
            Way::Out => {
                self.spending += money;
                self.purposes.entry(flow.what.clone()).or_default()
            }
        };
        line.times += 1;
        line.money += money;
        line.children.extend(children);
    }
}

impl Goods {
    fn take(&mut self, way: Way, number: Exact, inside: bool) {
        let change = if way == Way::In { number } else { -number };
        self.left += change;
        self.is_kept |= way == Way::In;
        match (inside, way) {
            (false, _) => self.brought += change,
            (true, Way::In) => self.came += number,
            (true, Way::Out) => self.went += number,
        }
    }
}

impl Given {
    fn add(&mut self, one: &Moved, alone: bool) {
        if self.rows.last() != Some(&one.at) {
            self.rows.push(one.at);
            self.times += 1;
            self.shared += u32::from(!alone);
        }
        match &one.flow.stuff {
            Stuff::Money(money) if alone => self.money += *money,
            Stuff::Goods { item, quantity } if alone => self.goods.push(format!("{quantity} {item}")),
            _ => {}
        }
    }
}

/// The file and line of what a row moves.
pub fn place(snapshot: &Snapshot, at: ActivityAt) -> String {
    snapshot.place(&Origin::Activity(at)).to_string()
}
