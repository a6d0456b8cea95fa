//! References to cells, and how they move where rows are put in.

/// Rows that are put in before a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moved {
    /// The first row of children.
    pub first: u32,
    /// The first row that moves.
    pub tail: u32,
    pub by: u32,
}

impl Moved {
    /// Whether a row is one of those for children.
    pub fn is_body(&self, row: u32) -> bool {
        self.first <= row && row < self.tail
    }

    /// A range such as `A6:B25`: what lies below moves, and what reaches over the children grows with them.
    pub fn range(&self, range: &str, grows: bool) -> String {
        let ends: Vec<&str> = range.split(':').collect();
        match ends[..] {
            [from, until] => {
                let (Some(first), Some(last)) = (row_of(from), row_of(until)) else { return range.to_owned() };
                let covers = grows && first < self.tail && self.first < self.tail && self.tail <= last + 1;
                let until =
                    if self.tail <= last || covers { with_row(until, last + self.by) } else { until.to_owned() };
                let from = if self.tail <= first { with_row(from, first + self.by) } else { from.to_owned() };
                format!("{from}:{until}")
            }
            [one] => match row_of(one) {
                Some(row) if self.tail <= row => with_row(one, row + self.by),
                _ => range.to_owned(),
            },
            _ => range.to_owned(),
        }
    }

    /// The references in a formula to cells of its own sheet.
    pub fn in_formulas(&self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let mut out = String::new();
        let mut at = 0;
        while at < letters.len() {
            let begins = at == 0 || !(letters[at - 1].is_alphanumeric() || "_.!$<&;".contains(letters[at - 1]));
            let length = if begins { reference_length(&letters[at..]) } else { 0 };
            if length == 0 {
                out.push(letters[at]);
                at += 1;
                continue;
            }
            let mut end = at + length;
            if letters.get(end) == Some(&':') {
                let second = reference_length(&letters[end + 1..]);
                end += if second > 0 { second + 1 } else { 0 };
            }
            let range: String = letters[at..end].iter().collect();
            out.push_str(&self.range(&range, true));
            at = end;
        }
        out
    }
}

/// How many characters a reference such as `$B$6` takes that begins here; 0 where none does.
fn reference_length(letters: &[char]) -> usize {
    let mut at = usize::from(letters.first() == Some(&'$'));
    let column = letters[at.min(letters.len())..].iter().take_while(|letter| letter.is_ascii_uppercase()).count();
    at += column;
    at += usize::from(column > 0 && letters.get(at) == Some(&'$'));
    let digits = letters[at.min(letters.len())..].iter().take_while(|letter| letter.is_ascii_digit()).count();
    let end = at + digits;
    let goes_on = letters.get(end).is_some_and(|letter| letter.is_alphanumeric() || *letter == '(' || *letter == '!');
    if (1..=3).contains(&column) && digits > 0 && !goes_on { end } else { 0 }
}

fn row_of(name: &str) -> Option<u32> {
    name.trim_start_matches(|letter: char| letter == '$' || letter.is_ascii_alphabetic()).parse().ok()
}

fn with_row(name: &str, row: u32) -> String {
    format!("{}{row}", name.trim_end_matches(|letter: char| letter.is_ascii_digit()))
}

/// The column of a name such as `AB12`, from 0.
pub(super) fn column_of(name: &str) -> Option<usize> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase);
    let number = letters.fold(0_usize, |number, letter| number * 26 + usize::from(letter - b'A') + 1);
    (1..=16_384).contains(&number).then(|| number - 1)
}

/// `AB12`.
pub(super) fn cell_name(column: usize, row: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{row}", String::from_utf8(letters).expect("they are letters"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_its_letters() {
        for (column, name) in [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1")] {
            assert_eq!((cell_name(column, 1).as_str(), column_of(name)), (name, Some(column)));
        }
        assert_eq!(column_of("1"), None);
    }

    #[test]
    fn what_lies_below_the_children_moves_and_what_covers_them_grows() {
        let moved = Moved { first: 6, tail: 10, by: 3 };
        for (range, grows, expected) in [
            ("A4:A5", false, "A4:A5"),
            ("A10:F10", false, "A13:F13"),
            ("B6:B9", true, "B6:B12"),
            ("$B$6:$B$9", true, "$B$6:$B$12"),
            ("B6:B8", true, "B6:B8"),
            ("C12", true, "C15"),
        ] {
            assert_eq!(moved.range(range, grows), expected);
        }
        assert_eq!(moved.in_formulas("<f>COUNTA(B6:B9)+C11-LOG10(2)</f>"), "<f>COUNTA(B6:B12)+C14-LOG10(2)</f>");
    }
}
