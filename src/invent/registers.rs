//! The registers of an invented school: its staff, those who help a child, and whom it can turn to.

use super::Wish;
use super::activities::Setting;
use super::dice::Dice;
use super::family::phone;
use super::lore::{Audience, Lore};
use crate::ledger::table::{Cells, Edit, Table};
use crate::model::{Class, Day};

/// Somebody of the staff. No two have the same name.
pub(super) struct Person {
    pub name: String,
    pub role: String,
    pub class: Option<Class>,
    pub phone: String,
    pub from: Day,
}

/// Those whom every school has, and a teacher for each class.
pub(super) fn staff(wish: &Wish, lore: &Lore, classes: &[Class]) -> Vec<Person> {
    let mut dice = Dice::new(wish.seed, "staff");
    let mut people: Vec<Person> = Vec::new();
    let from =
        |dice: &mut Dice| Day::new(wish.day.year() - dice.between(2, 18) as i32, 9, 1).expect("a first of September");
    for named in &lore.staff {
        let (phone, from) = (phone(&mut dice), from(&mut dice));
        people.push(Person { name: named.name.clone(), role: named.role.clone(), class: None, phone, from });
    }
    let subjects = (0..classes.len().div_ceil(3)).map(|_| ("subject-teacher", None));
    for (role, class) in classes.iter().map(|class| ("class-teacher", Some(*class))).chain(subjects) {
        let name = new_name(&people, lore, &mut dice);
        let (phone, from) = (phone(&mut dice), from(&mut dice));
        people.push(Person { name, role: role.to_owned(), class, phone, from });
    }
    people
}

/// A name that nobody has. Where every short one is taken, a longer one is free.
fn new_name(people: &[Person], lore: &Lore, dice: &mut Dice) -> String {
    let mut tries = 0;
    loop {
        let given = if dice.chance(40.0) { &lore.men } else { &lore.women };
        let more = if tries > 20 { dice.word(&lore.girls) } else { String::new() };
        let name = format!("{}{}{more}", dice.word(&lore.surnames), dice.word(given));
        if people.iter().all(|person| person.name != name) {
            return name;
        }
        tries += 1;
    }
}

/// The registers, but that of follow-ups, by path.
pub(super) fn all(setting: &Setting) -> Vec<(String, Vec<u8>)> {
    vec![staff_register(setting), pairings(setting), resources(setting)]
}

fn staff_register(setting: &Setting) -> (String, Vec<u8>) {
    let mut dice = Dice::new(setting.wish.seed, "staff ids");
    let rows = setting.staff.iter().map(|person| {
        let class = person.class.map(|class| class.to_string()).unwrap_or_default();
        let id = dice.ids().row().to_string();
        [
            id,
            person.name.clone(),
            person.role.clone(),
            class,
            person.phone.clone(),
            person.from.to_string(),
            String::new(),
        ]
    });
    register("staff", ["id", "name", "role", "class", "phone", "from", "until"], rows)
}

fn resources(setting: &Setting) -> (String, Vec<u8>) {
    let mut dice = Dice::new(setting.wish.seed, "resources");
    let rows = setting.lore.resource.iter().map(|offer| {
        let updated = setting.wish.day.plus(-dice.between(10, 200)).to_string();
        let id = dice.ids().row().to_string();
        let [kind, name, contact, offers] = [&offer.kind, &offer.name, &offer.contact, &offer.offers].map(Clone::clone);
        [id, kind, name, contact, phone(&mut dice), offers, updated]
    });
    register("resources", ["id", "type", "name", "contact", "phone", "offers", "updated"], rows)
}

/// Which helper how many percent of whom have.
const PAIRINGS: [(&str, Audience, f64); 5] = [
    ("tutor", Audience::StudyDifficulty, 80.0),
    ("peer-tutor", Audience::StudyDifficulty, 60.0),
    ("caring-parent", Audience::BothAway, 35.0),
    ("proxy-parent", Audience::BothAway, 70.0),
    ("life-mentor", Audience::LeftBehind, 82.0),
];

fn pairings(setting: &Setting) -> (String, Vec<u8>) {
    let mut dice = Dice::new(setting.wish.seed, "pairings");
    let day = setting.wish.day;
    let mut rows = Vec::new();
    for (kind, audience, percent) in PAIRINGS {
        for (at, child) in setting.children.iter().enumerate().filter(|(_, child)| child.is_of(audience, day)) {
            if child.forgotten || !dice.chance(percent) {
                continue;
            }
            let helper = helper(setting, kind, at, &mut dice);
            let from = day.plus(-dice.between(10, 240));
            let ended = dice.chance(6.0);
            let until = if ended { from.plus(day.days_since(from) / 2).to_string() } else { String::new() };
            let reason = if ended { dice.word(&setting.lore.pairing.reasons) } else { String::new() };
            let id = dice.ids().row().to_string();
            rows.push([id, kind.to_owned(), child.student.id.to_string(), helper, from.to_string(), until, reason]);
        }
    }
    register("pairings", ["id", "type", "student", "helper", "from", "until", "reason"], rows.into_iter())
}

/// Somebody of the staff, a parent from the town, or a child of the same class.
fn helper(setting: &Setting, kind: &str, child: usize, dice: &mut Dice) -> String {
    let class = setting.children[child].student.class;
    match kind {
        "caring-parent" => dice.word(&setting.lore.pairing.caring_parents),
        "peer-tutor" => {
            let peers = class.and_then(|class| setting.members.get(&class)).map_or(&[][..], Vec::as_slice);
            let able = |at: &&usize| {
                **at != child && !setting.children[**at].is_of(Audience::StudyDifficulty, setting.wish.day)
            };
            let able: Vec<&usize> = peers.iter().filter(able).collect();
            if able.is_empty() { String::new() } else { setting.children[**dice.pick(&able)].student.id.to_string() }
        }
        "life-mentor" => setting.somebody("life-teacher", class, dice).to_owned(),
        "tutor" => setting.somebody("subject-teacher", class, dice).to_owned(),
        _ => dice.pick(&setting.staff).name.clone(),
    }
}

fn register<const N: usize>(
    name: &str,
    columns: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> (String, Vec<u8>) {
    let path = format!("registers/{name}.csv");
    let columns = columns.map(str::to_owned);
    let added: Vec<Cells> = rows.map(|row| columns.iter().cloned().zip(row).collect()).collect();
    let bytes = Table::new(&path, columns.to_vec()).edited(&Edit { added, ..Edit::default() });
    (path, bytes)
}
