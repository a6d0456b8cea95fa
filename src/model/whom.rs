//! The `students` cell of an activity: ids, a class, or all, less those who were absent.

use super::{Class, StudentId};

/// One word of the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    One(StudentId),
    /// Everybody enrolled in the class on the day.
    Class(Class),
    /// Everybody enrolled on the day.
    All,
    Absent(StudentId),
}

/// Reads the cell. The error is the word that is none of these.
pub fn whom(cell: &str) -> Result<Vec<Whom>, String> {
    cell.split_ascii_whitespace().map(|word| one(word).ok_or_else(|| word.to_owned())).collect()
}

fn one(word: &str) -> Option<Whom> {
    if word == "all" {
        return Some(Whom::All);
    }
    if let Some(class) = word.strip_prefix("class:") {
        return class.parse().ok().map(Whom::Class);
    }
    match word.strip_prefix('-') {
        Some(absent) => absent.parse().ok().map(Whom::Absent),
        None => word.parse().ok().map(Whom::One),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_students_cell_are_told_apart() {
        let class = "2023-2".parse().unwrap();
        let read = whom("class:2023-2 -k7m2q4").unwrap();
        assert_eq!(read, [Whom::Class(class), Whom::Absent("k7m2q4".parse().unwrap())]);
        assert_eq!(whom("all"), Ok(vec![Whom::All]));
        assert_eq!(whom("k7m2q4 王小明"), Err("王小明".to_owned()));
    }
}
