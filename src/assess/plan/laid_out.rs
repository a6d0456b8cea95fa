//! The activities of a stretch of days by kind, and of a kind by child and class. A list is made when the first
//! commitment asks for it: most kinds are asked for in one way only, and several can be made at the same time.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use super::question::Dated;
use crate::assess::by_child::ByChild;
use crate::assess::workload::names;
use crate::ledger::{IdHasher, Log, Snapshot};
use crate::model::{Activity, ActivityAt, Class, Day};

/// What is dated from the first day to the last one and not void.
pub(super) struct LaidOut<'a> {
    snapshot: &'a Snapshot,
    first: Day,
    /// The first day of the school year: what staff did before is asked by nobody.
    year: Day,
    last: Day,
    kinds: BTreeMap<&'a str, OfKind>,
    classes: OnceLock<Classes>,
    by_staff: OnceLock<BTreeMap<&'a str, Vec<Dated>>>,
}

/// The activities of one kind, each list by day.
#[derive(Default)]
struct OfKind {
    /// The places of its logs in the snapshot's list.
    logs: Vec<usize>,
    all: OnceLock<Vec<Dated>>,
    /// Those that stay sealed: each might be for any child, class or value.
    closed: OnceLock<Vec<Dated>>,
    by_child: OnceLock<ByChild<Dated>>,
    by_class: OnceLock<BTreeMap<Class, Vec<Dated>>>,
}

/// The classes that children are in.
struct Classes {
    /// In order, each with how many children are in it.
    sizes: Vec<(Class, u32)>,
    /// For each child the place of its class.
    of_child: Vec<Option<u32>>,
}

impl<'a> LaidOut<'a> {
    pub fn of(snapshot: &'a Snapshot, first: Day, year: Day, last: Day) -> LaidOut<'a> {
        let mut kinds: BTreeMap<&str, OfKind> = BTreeMap::new();
        for (at, log) in snapshot.logs.iter().enumerate() {
            kinds.entry(&log.kind).or_default().logs.push(at);
        }
        LaidOut { snapshot, first, year, last, kinds, classes: OnceLock::new(), by_staff: OnceLock::new() }
    }

    pub fn of_kind(&self, kind: &str) -> &[Dated] {
        self.kinds.get(kind).map_or(&[], |of_kind| self.all(of_kind))
    }

    /// The kinds of which there is a log.
    pub fn kinds(&self) -> impl Iterator<Item = &'a str> {
        self.kinds.keys().copied()
    }

    /// Those of a kind that stay sealed.
    pub fn closed(&self, kind: &str) -> &[Dated] {
        let Some(of_kind) = self.kinds.get(kind) else { return &[] };
        of_kind.closed.get_or_init(|| {
            let rows = of_kind.logs.iter().flat_map(|at| self.counted(*at));
            let mut closed: Vec<Dated> = rows.filter(|(.., row)| row.seal.is_closed()).map(|(one, ..)| one).collect();
            closed.sort_unstable();
            closed
        })
    }

    pub fn of_child(&self, kind: &str, child: u32) -> &[Dated] {
        let Some(of_kind) = self.kinds.get(kind) else { return &[] };
        let by_child = of_kind.by_child.get_or_init(|| self.by_child(self.all(of_kind)));
        by_child.of(child)
    }

    pub fn of_class(&self, kind: &str, class: Class) -> &[Dated] {
        let Some(of_kind) = self.kinds.get(kind) else { return &[] };
        let by_class = of_kind.by_class.get_or_init(|| self.by_class(self.all(of_kind)));
        by_class.get(&class).map_or(&[], Vec::as_slice)
    }

    pub fn of_staff(&self, name: &str) -> &[Dated] {
        self.by_staff.get_or_init(|| self.by_staff()).get(name).map_or(&[], Vec::as_slice)
    }

    fn counted(&self, at: usize) -> impl Iterator<Item = (Dated, &'a Log, &'a Activity)> {
        let (log, first, last) = (&self.snapshot.logs[at], self.first, self.last);
        let counts = move |one: &Activity| !one.void && first <= one.day && one.day <= last;
        log.activities.iter().enumerate().filter(move |(_, one)| counts(one)).map(move |(row, one)| {
            (Dated { day: one.day, at: ActivityAt { log: at as u32, row: row as u32 } }, log, one)
        })
    }

    fn all<'s>(&'s self, of_kind: &'s OfKind) -> &'s [Dated] {
        of_kind.all.get_or_init(|| {
            let logs = of_kind.logs.iter();
            let mut all: Vec<Dated> = logs.flat_map(|at| self.counted(*at)).map(|(one, ..)| one).collect();
            all.sort_unstable();
            all
        })
    }

    /// The list holds the activities by day, so each child's part of it does.
    fn by_child(&self, all: &[Dated]) -> ByChild<Dated> {
        let of_children = |one: &Dated| {
            let (one, (log, activity)) = (*one, self.snapshot.activity(one.at));
            log.students(activity).iter().map(move |child| (*child, one))
        };
        ByChild::gathered(self.snapshot.students.len(), || all.iter().flat_map(of_children))
    }

    fn by_class(&self, all: &[Dated]) -> BTreeMap<Class, Vec<Dated>> {
        let classes = self.classes.get_or_init(|| Classes::of(self.snapshot));
        let mut found: BTreeMap<Class, Vec<Dated>> = BTreeMap::new();
        let mut counts = vec![0; classes.sizes.len()];
        for one in all {
            let (log, activity) = self.snapshot.activity(one.at);
            let cell = log.table.get(activity.row as usize, "students");
            for class in classes.of_activity(log.students(activity), cell, &mut counts) {
                found.entry(class).or_default().push(*one);
            }
        }
        found
    }

    fn by_staff(&self) -> BTreeMap<&'a str, Vec<Dated>> {
        let mut found: BTreeMap<&str, Vec<Dated>> = BTreeMap::new();
        for at in 0..self.snapshot.logs.len() {
            for (cell, list) in self.by_staff_cell(at) {
                names(cell).for_each(|name| found.entry(name).or_default().extend_from_slice(&list));
            }
        }
        // Each log is in order by itself, which a stable sort makes use of.
        found.values_mut().for_each(|list| list.sort());
        found
    }

    /// The activities of the school year in a log by what its cell of staff says, as few cells say anything that no cell
    /// above them said.
    fn by_staff_cell(&self, at: usize) -> Vec<(&'a str, Vec<Dated>)> {
        let Some(column) = self.snapshot.logs[at].table.column("staff") else { return Vec::new() };
        let mut places: HashMap<&str, usize, BuildHasherDefault<IdHasher>> = HashMap::default();
        let mut lists: Vec<(&str, Vec<Dated>)> = Vec::new();
        for (one, log, activity) in self.counted(at).filter(|(one, ..)| self.year <= one.day) {
            let cell = log.table.cell(activity.row as usize, column);
            let place = *places.entry(cell).or_insert_with(|| {
                lists.push((cell, Vec::new()));
                lists.len() - 1
            });
            lists[place].1.push(one);
        }
        lists
    }
}

impl Classes {
    fn of(snapshot: &Snapshot) -> Classes {
        let classes = || snapshot.students.iter().map(|file| file.student.class);
        let mut sizes: BTreeMap<Class, u32> = BTreeMap::new();
        classes().flatten().for_each(|class| *sizes.entry(class).or_default() += 1);
        let sizes: Vec<(Class, u32)> = sizes.into_iter().collect();
        let place = |class: Class| sizes.binary_search_by_key(&class, |(own, _)| *own).ok().map(|at| at as u32);
        let of_child = classes().map(|class| class.and_then(place)).collect();
        Classes { sizes, of_child }
    }

    /// The classes that an activity was for, in order: those that it names, and those of which it lists half of the
    /// children. `counts` holds a zero for each class.
    fn of_activity(&self, children: &[u32], cell: &str, counts: &mut [u32]) -> Vec<Class> {
        let mut classes: Vec<Class> = Vec::new();
        for word in cell.split_ascii_whitespace() {
            if word == "all" {
                return self.sizes.iter().map(|(class, _)| *class).collect();
            }
            classes.extend(word.strip_prefix("class:").and_then(|class| class.parse::<Class>().ok()));
        }
        if classes.is_empty() && children.len() > 1 {
            classes = self.half_there(children, counts);
        }
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    fn half_there(&self, children: &[u32], counts: &mut [u32]) -> Vec<Class> {
        let of = |child: &u32| self.of_child[*child as usize].map(|at| at as usize);
        children.iter().filter_map(of).for_each(|class| counts[class] += 1);
        let mut found = Vec::new();
        for class in children.iter().filter_map(of) {
            let (name, size) = self.sizes[class];
            if counts[class] * 2 >= size && counts[class] > 0 {
                found.push(name);
            }
            counts[class] = 0;
        }
        found
    }
}
