//! Two records that may be of one child: by which facts they agree, and by which they cannot.

use super::{Class, Day, Gender, Relation, Student};

/// What a record, or a row of a form, gives to know a child by.
#[derive(Debug, Clone, Copy, Default)]
pub struct Likeness<'a> {
    pub name: &'a str,
    pub born: Option<Day>,
    pub class: Option<Class>,
    pub gender: Option<Gender>,
    pub national_id: Option<&'a str>,
    pub roll_number: Option<&'a str>,
    pub address: Option<&'a str>,
    pub father: Option<&'a str>,
    pub mother: Option<&'a str>,
}

impl<'a> Likeness<'a> {
    pub fn of(student: &'a Student) -> Likeness<'a> {
        let parent = |relation| student.parent_of(relation).and_then(|parent| parent.name.as_deref());
        Likeness {
            name: &student.name,
            born: student.born,
            class: student.class,
            gender: student.gender,
            national_id: student.national_id.as_deref(),
            roll_number: student.roll_number.as_deref(),
            address: student.address.as_deref(),
            father: parent(Relation::Father),
            mother: parent(Relation::Mother),
        }
    }

    /// Whether both give a number or a birth day, and not the same: these are two children.
    pub fn contradicts(&self, other: &Likeness) -> bool {
        differ(self.national_id, other.national_id)
            || differ(self.roll_number, other.roll_number)
            || differ(self.born, other.born)
    }

    /// The fields that agree, where the two may be one child: the same number; the same name; or the same birth day and
    /// class, and a name of which only one character differs. Nothing where they are not alike.
    pub fn agreeing(&self, other: &Likeness) -> Option<Vec<&'static str>> {
        let name = self.name == other.name;
        let (born, class) = (same(self.born, other.born), same(self.class, other.class));
        let number = same(self.national_id, other.national_id) || same(self.roll_number, other.roll_number);
        if !(number || name || (born && class && is_near(self.name, other.name))) {
            return None;
        }
        let agree = [
            ("name", name),
            ("national_id", same(self.national_id, other.national_id)),
            ("roll_number", same(self.roll_number, other.roll_number)),
            ("born", born),
            ("class", class),
            ("gender", same(self.gender, other.gender)),
            ("address", same(self.address, other.address)),
            ("father", same(self.father, other.father)),
            ("mother", same(self.mother, other.mother)),
        ];
        Some(agree.into_iter().filter_map(|(field, agrees)| agrees.then_some(field)).collect())
    }
}

fn same<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && one == other
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_some() && other.is_some() && one != other
}

fn is_near(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.chars().collect::<Vec<char>>();
    strsim::generic_damerau_levenshtein(&letters(one), &letters(other)) <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn child(name: &str) -> Likeness<'_> {
        Likeness { name, born: "2016-03-06".parse().ok(), class: "2023-2".parse().ok(), ..Likeness::default() }
    }

    #[test]
    fn a_name_with_one_other_character_is_alike_only_with_the_same_class_and_birth_day() {
        assert_eq!(child("王小明").agreeing(&child("王晓明")), Some(vec!["born", "class"]));
        let later = Likeness { born: "2016-03-07".parse().ok(), ..child("王晓明") };
        assert_eq!(child("王小明").agreeing(&later), None);
        assert_eq!(child("王小明").agreeing(&child("李小红")), None);
    }

    #[test]
    fn two_numbers_that_differ_are_two_children() {
        let numbered = |number| Likeness { national_id: Some(number), ..child("王小明") };
        assert!(numbered("1").contradicts(&numbered("2")) && !numbered("1").contradicts(&child("王小明")));
        let other_name = Likeness { name: "刘平", born: None, class: None, ..numbered("1") };
        assert_eq!(numbered("1").agreeing(&other_name), Some(vec!["national_id"]));
    }
}
