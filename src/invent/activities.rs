//! The rows of the logs: what each kind's rhythm says came about, for whom, on which day.

use std::collections::BTreeMap;

use super::Wish;
use super::calendar::{Calendar, days_for};
use super::children::{Child, children, classes};
use super::dice::Dice;
use super::lore::{Audience, Every, Lore, Rhythm, Rhythms, rhythms};
use super::registers::{Person, staff};
use super::scores;
use super::values::{self, Moment};
use crate::ledger::table::encode;
use crate::model::kind::Kind;
use crate::model::{Class, Day};

/// Children whom nobody has been in touch with: for so many days.
const FORGOTTEN_FOR: i64 = 75;
/// One row in so many hundred was taken back.
const VOID_PERCENT: f64 = 0.12;

/// One row, before it has its id.
pub(super) struct Draft {
    pub day: Day,
    /// The child that it is about, where it is about one.
    pub child: Option<usize>,
    /// Its cells behind the id, as CSV with the line end.
    pub line: Vec<u8>,
    /// Which of the kind's follow-ups it opens, and the value that does.
    pub opens: Vec<(usize, String)>,
    /// It was not taken back.
    pub counts: bool,
}

/// The school in which things come about.
pub(super) struct Setting<'a> {
    pub wish: &'a Wish,
    pub lore: &'a Lore,
    pub rhythms: Rhythms,
    pub children: Vec<Child>,
    pub classes: Vec<Class>,
    /// The places in `children` of each class.
    pub members: BTreeMap<Class, Vec<usize>>,
    pub calendar: Calendar,
    pub staff: Vec<Person>,
}

impl<'a> Setting<'a> {
    pub fn new(wish: &'a Wish, lore: &'a Lore) -> Setting<'a> {
        let (children, classes) = (children(wish, lore), classes(wish));
        let mut members: BTreeMap<Class, Vec<usize>> = BTreeMap::new();
        for (at, child) in children.iter().enumerate() {
            members.entry(child.student.class.expect("an invented child has a class")).or_default().push(at);
        }
        let calendar = Calendar::until(wish.day, wish.terms);
        let staff = staff(wish, lore, &classes);
        Setting { wish, lore, rhythms: rhythms(), children, classes, members, calendar, staff }
    }

    pub fn rhythm(&self, kind: &Kind) -> &Rhythm {
        self.rhythms.rhythm.get(&kind.name).unwrap_or_else(|| &self.rhythms.usual[kind.target.code()])
    }

    /// Somebody with a role: the teacher of the class, where it is the class teacher's.
    pub fn somebody(&self, role: &str, class: Option<Class>, dice: &mut Dice) -> &str {
        let fits = |person: &&Person| person.role == role && (person.class.is_none() || person.class == class);
        let fitting: Vec<&Person> = self.staff.iter().filter(fits).collect();
        if fitting.is_empty() { "" } else { &dice.pick(&fitting).name }
    }

    /// How much more often than usual the scaling kinds come about, so that the wished number of rows is met.
    pub fn factor(&self, wanted: &[(usize, &Kind)]) -> f64 {
        let Some(rows) = self.wish.rows else { return 1.0 };
        let (mut fixed, mut scaling) = (0.0, 0.0);
        for (term, kind) in wanted {
            let rhythm = self.rhythm(kind);
            let expected = self.expected(*term, rhythm);
            *(if rhythm.scales { &mut scaling } else { &mut fixed }) += expected;
        }
        ((rows as f64 - fixed) / scaling.max(1.0)).max(0.0)
    }

    fn expected(&self, term: usize, rhythm: &Rhythm) -> f64 {
        let today = self.wish.day;
        let stretch = &self.calendar.terms[term];
        let middle = stretch.from.plus(stretch.until.min(today).days_since(stretch.from).max(0) / 2);
        let weight = |child: &Child| if child.focus { f64::from(rhythm.focus) } else { 1.0 };
        let of = self.children.iter().filter(|child| child.is_of(rhythm.audience, middle));
        let units = match (rhythm.audience, rhythm.together) {
            (Audience::School, _) => 1.0,
            (Audience::Class, _) => self.classes.len() as f64,
            (_, Some([low, high])) => of.count() as f64 * 2.0 / (low + high) as f64,
            _ => of.map(weight).sum(),
        };
        let periods = self.calendar.periods(term, rhythm.every);
        let past = periods.iter().map(|(from, until)| {
            let days = days_for(rhythm, *from, *until);
            days.iter().filter(|day| **day <= today).count() as f64 / days.len().max(1) as f64
        });
        past.sum::<f64>() * units * f64::from(rhythm.times * rhythm.kept) / 100.0
    }
}

/// One log's drawing.
struct Drawing<'a> {
    setting: &'a Setting<'a>,
    kind: &'a Kind,
    rhythm: &'a Rhythm,
    term: usize,
    factor: f64,
    dice: Dice,
    drafts: Vec<Draft>,
}

/// Every row of a kind in a term.
pub(super) fn draw(setting: &Setting, term: usize, kind: &Kind, factor: f64) -> Vec<Draft> {
    let rhythm = setting.rhythm(kind);
    if kind.name == scores::KIND {
        return scores::draw(setting, term, kind, rhythm);
    }
    let dice = Dice::new(setting.wish.seed, &format!("{}/{}", setting.calendar.terms[term].name, kind.name));
    let factor = if rhythm.scales { factor } else { 1.0 };
    let mut drawing = Drawing { setting, kind, rhythm, term, factor, dice, drafts: Vec::new() };
    match rhythm.every {
        Every::Festival => drawing.festivals(),
        Every::Birthday => drawing.birthdays(),
        _ => drawing.periods(),
    }
    drawing.drafts
}

/// One more row of a kind about a child, which answers something.
pub(super) fn one_more(setting: &Setting, kind: &Kind, child: usize, day: Day, dice: Dice) -> Draft {
    let rhythm = setting.rhythm(kind);
    let term = setting.calendar.term_at(day);
    let mut drawing = Drawing { setting, kind, rhythm, term, factor: 1.0, dice, drafts: Vec::new() };
    drawing.about_child(child, day, 0);
    drawing.drafts.remove(0)
}

impl<'a> Drawing<'a> {
    fn periods(&mut self) {
        for (at, (from, until)) in self.setting.calendar.periods(self.term, self.rhythm.every).into_iter().enumerate() {
            let days = days_for(self.rhythm, from, until);
            // Terms go through a choice from different places, so that two of them meet every value.
            let turn = self.term * 37 + at * self.rhythm.times as usize;
            if !days.is_empty() {
                self.period(&days, turn);
            }
        }
    }

    fn period(&mut self, days: &[Day], turn: usize) {
        match (self.rhythm.audience, self.rhythm.together) {
            (Audience::School, _) => {
                self.repeat(1, days, turn, |drawing, _, day, turn| drawing.for_school(day, turn, None))
            }
            (Audience::Class, _) => self.repeat(self.setting.classes.len(), days, turn, Drawing::for_class),
            (_, Some(sizes)) => self.groups(sizes, days, turn),
            _ => self.repeat(self.setting.children.len(), days, turn, Drawing::for_child),
        }
    }

    /// Draws, for each unit and each time, whether it came about, and when.
    fn repeat(&mut self, units: usize, days: &[Day], turn: usize, each: impl Fn(&mut Drawing<'a>, usize, Day, usize)) {
        for unit in 0..units {
            for time in 0..self.times(unit) {
                let day = *self.dice.pick(days);
                if day <= self.setting.wish.day && self.dice.chance(f64::from(self.rhythm.kept)) {
                    each(self, unit, day, turn + time);
                }
            }
        }
    }

    fn times(&mut self, unit: usize) -> usize {
        let of_children = !matches!(self.rhythm.audience, Audience::School | Audience::Class);
        let focus = of_children && self.setting.children.get(unit).is_some_and(|child| child.focus);
        let times = f64::from(self.rhythm.times * if focus { self.rhythm.focus } else { 1 }) * self.factor;
        times as usize + usize::from(self.dice.chance(times.fract() * 100.0))
    }

    fn groups(&mut self, [low, high]: [usize; 2], days: &[Day], turn: usize) {
        let (setting, audience) = (self.setting, self.rhythm.audience);
        let members: Vec<usize> = (0..setting.children.len())
            .filter(|at| setting.children[*at].is_of(audience, days[0].min(setting.wish.day)))
            .collect();
        let count = (members.len() * 2).div_ceil(low + high);
        self.repeat(count, days, turn, |drawing, unit, day, turn| {
            let size = drawing.dice.between(low as i64, high as i64) as usize;
            let mine = members.iter().skip(unit).step_by(count).take(size);
            let here: Vec<&str> = mine
                .filter(|at| setting.children[**at].is_of(audience, day))
                .map(|at| setting.children[*at].student.id.as_str())
                .collect();
            if !here.is_empty() {
                drawing.row(day, Row { students: here.join(" "), turn, unit, ..Row::default() });
            }
        });
    }

    fn festivals(&mut self) {
        for (turn, (festival, day)) in
            self.setting.calendar.festivals(self.term, self.rhythm, &self.setting.rhythms).into_iter().enumerate()
        {
            if day <= self.setting.wish.day && self.dice.chance(f64::from(self.rhythm.kept)) {
                self.for_school(day, turn, Some(festival));
            }
        }
    }

    /// On the day itself or within the days around it; in a holiday too.
    fn birthdays(&mut self) {
        let (from, until) = self.setting.calendar.periods(self.term, Every::Birthday)[0];
        for (unit, child) in self.setting.children.iter().enumerate() {
            let Some(born) = child.student.born else { continue };
            let days = (from.year()..=until.year()).filter_map(|year| Day::new(year, born.month(), born.of_month()));
            for birthday in days.filter(|day| from <= *day && *day <= until) {
                let day = birthday.plus(self.dice.between(-2, 4)).clamp(from, until);
                if day <= self.setting.wish.day && self.dice.chance(f64::from(self.rhythm.kept)) {
                    self.for_child(unit, day, 0);
                }
            }
        }
    }

    fn for_child(&mut self, unit: usize, day: Day, turn: usize) {
        let child = &self.setting.children[unit];
        let unseen = child.forgotten
            && self.rhythm.audience != Audience::Everybody
            && self.setting.wish.day.days_since(day) < FORGOTTEN_FOR;
        if child.is_of(self.rhythm.audience, day) && !unseen {
            self.about_child(unit, day, turn);
        }
    }

    fn about_child(&mut self, unit: usize, day: Day, turn: usize) {
        let student = &self.setting.children[unit].student;
        let row = Row {
            students: student.id.to_string(),
            class: student.class,
            child: Some(unit),
            turn,
            unit,
            festival: None,
        };
        self.row(day, row);
    }

    fn for_class(&mut self, unit: usize, day: Day, turn: usize) {
        let class = self.setting.classes[unit];
        if class.grade_on(day) < 1 {
            return;
        }
        let mut students = format!("class:{class}");
        let members = self.setting.members.get(&class).map_or(&[][..], Vec::as_slice);
        if !members.is_empty() && self.dice.chance(12.0) {
            let absent = &self.setting.children[*self.dice.pick(members)].student;
            if absent.enrolled_on(day) {
                students = format!("{students} -{}", absent.id);
            }
        }
        self.row(day, Row { students, class: Some(class), turn: turn + unit, unit, ..Row::default() });
    }

    fn for_school(&mut self, day: Day, turn: usize, festival: Option<&'a str>) {
        let students = if self.rhythm.everyone { "all".to_owned() } else { String::new() };
        self.row(day, Row { students, turn, festival, ..Row::default() });
    }

    fn row(&mut self, day: Day, row: Row) {
        let setting = self.setting;
        let staff = setting.somebody(&self.rhythm.who, row.class, &mut self.dice);
        let moment = self.moment(day, &row, staff);
        let rules = Some(&self.rhythm.field);
        let own = values::cells(self.kind, rules, &setting.rhythms.weights, &moment, &mut self.dice);
        let minutes = self.rhythm.minutes.map(|[low, high]| (self.dice.between(low / 5, high / 5) * 5).to_string());
        let has_note = !self.rhythm.note.is_empty() && self.dice.chance(12.0);
        let note = if has_note { self.dice.word(&self.rhythm.note) } else { String::new() };
        let void = self.dice.maybe(VOID_PERCENT, &setting.rhythms.reasons.void);
        let date = day.to_string();
        let common: [&str; 7] = [
            &date,
            &row.students,
            staff,
            minutes.as_deref().unwrap_or_default(),
            "",
            &note,
            void.as_deref().unwrap_or_default(),
        ];
        let line = encode(common.into_iter().chain(own.iter().map(String::as_str)));
        let counts = void.is_none();
        let opens = if counts { opening(self.kind, &own) } else { Vec::new() };
        self.drafts.push(Draft { day, child: row.child, line, opens, counts });
    }

    fn moment(&self, day: Day, row: &Row<'a>, staff: &'a str) -> Moment<'a> {
        let setting = self.setting;
        let whole_school = self.rhythm.audience == Audience::School;
        let count = |audience| {
            let of = || setting.children.iter().filter(|child| child.is_of(audience, day)).count();
            if whole_school { of() } else { 0 }
        };
        Moment {
            day,
            child: row.child.map(|at| &setting.children[at]),
            turn: row.turn,
            unit: row.unit,
            festival: row.festival,
            term_end: setting.calendar.terms[self.term].until,
            today: setting.wish.day,
            enrolled: count(Audience::Everybody),
            boarders: count(Audience::Boarding),
            in_class: row.class.and_then(|class| setting.members.get(&class)).map_or(0, Vec::len),
            staff,
        }
    }
}

/// Whom a row is about.
#[derive(Default)]
struct Row<'a> {
    students: String,
    class: Option<Class>,
    child: Option<usize>,
    turn: usize,
    unit: usize,
    festival: Option<&'a str>,
}

/// The follow-ups that the row opens, each with the value that does.
fn opening(kind: &Kind, own: &[String]) -> Vec<(usize, String)> {
    let value = |name: &str| kind.fields.iter().position(|field| field.name == name).map_or("", |at| &own[at]);
    let fired = kind.opens.iter().enumerate().filter(|(_, opens)| opens.fires_on(value));
    fired.map(|(at, opens)| (at, opens.when.as_deref().map_or("", value).to_owned())).collect()
}
