//! Which lines of a log can name one child, and which children can be of one class: found in the bytes, before any of
//! them is parsed.

use memchr::memmem;

use super::coding::is_mark;
use super::seal::SEALED;
use crate::model::{Class, StudentId};

/// The part of a log that can name a child.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    Nothing,
    /// The header and these lines, each with its number in the file.
    Lines {
        text: String,
        numbers: Vec<u32>,
    },
    /// Only a whole reading can tell: cells in quotes, sealed cells, another coding.
    Whole,
}

/// The lines that hold the child's id, or a class, or the word for everybody.
pub(super) fn part_naming(bytes: &[u8], id: &StudentId) -> Part {
    let header_end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    let (header, rows) = bytes.split_at(header_end);
    // Another coding, other line ends or the marks of a merge: the first line is not the header alone.
    let is_strange = memchr::memchr2(0, b'\r', header.trim_ascii_end()).is_some() || is_mark(header);
    if has_sealed_column(header) || header.trim_ascii().is_empty() || is_strange {
        return Part::Whole;
    }
    let hits = hits(rows, id);
    if hits.is_empty() {
        return Part::Nothing;
    }
    let is_plain = memchr::memchr2(b'"', b'\r', bytes).is_none() && !bytes.starts_with(b"\xEF\xBB\xBF");
    if !is_plain || simdutf8::basic::from_utf8(bytes).is_err() {
        return Part::Whole;
    }
    lines(header, rows, &hits)
}

fn has_sealed_column(header: &[u8]) -> bool {
    header.split(|byte| *byte == b',').any(|column| column.trim_ascii() == SEALED.as_bytes())
}

/// Where in the rows a word stands that can mean the child, in order.
fn hits(rows: &[u8], id: &StudentId) -> Vec<usize> {
    let mut hits: Vec<usize> = memmem::find_iter(rows, id.as_str()).collect();
    hits.extend(memmem::find_iter(rows, "class:"));
    hits.extend(memmem::find_iter(rows, "all").filter(|at| is_word(rows, *at, 3)));
    hits.sort_unstable();
    hits
}

/// Whether the bytes from a place on are a word of a cell, and not a part of one.
fn is_word(rows: &[u8], from: usize, length: usize) -> bool {
    let parts = |byte: &u8| byte.is_ascii_whitespace() || *byte == b',';
    from.checked_sub(1).is_none_or(|before| parts(&rows[before])) && rows.get(from + length).is_none_or(parts)
}

fn lines(header: &[u8], rows: &[u8], hits: &[usize]) -> Part {
    let (mut text, mut numbers) = (header.to_vec(), Vec::new());
    // The header is the first line.
    let (mut counted, mut number, mut behind) = (0, 2, 0);
    for hit in hits.iter().copied() {
        if hit < behind {
            continue;
        }
        let from = memchr::memrchr(b'\n', &rows[..hit]).map_or(0, |end| end + 1);
        behind = memchr::memchr(b'\n', &rows[hit..]).map_or(rows.len(), |end| hit + end + 1);
        number += memchr::memchr_iter(b'\n', &rows[counted..from]).count() as u32;
        counted = from;
        text.extend_from_slice(&rows[from..behind]);
        numbers.push(number);
    }
    let text = String::from_utf8(text).expect("whole lines of what is UTF-8");
    Part::Lines { text, numbers }
}

/// Whether a student's file can be one of a child of this class: whoever has it in its file has its text there.
pub(super) fn can_be_of_class(bytes: &[u8], class: Class) -> bool {
    let cohort = format!("{}-", class.cohort);
    let is_number = |at: usize| {
        let rest = &bytes[at + cohort.len()..];
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        std::str::from_utf8(&rest[..digits]).is_ok_and(|number| number.parse() == Ok(class.number))
    };
    // In a text with escapes or of wide characters a digit may be written as something else.
    memchr::memchr2(b'\\', 0, bytes).is_some() || memmem::find_iter(bytes, &cohort).any(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::table::Table;
    use proptest::prelude::*;

    fn id() -> StudentId {
        "k7m2q4".parse().unwrap()
    }

    #[test]
    fn lines_with_the_child_its_classes_and_everybody_are_taken_with_their_numbers() {
        let log = "id,date,students,note\na,2026-09-01,k7m2q4,\nb,2026-09-01,p3d9xa,family-call and ball\n\
                   c,2026-09-02,class:2023-2 -p3d9xa,\n\nd,2026-09-03,all,\ne,2026-09-04,p3d9xa,\nf,2026-09-05,p3d9xa k7m2q4,";
        let Part::Lines { text, numbers } = part_naming(log.as_bytes(), &id()) else { panic!("{log}") };
        assert_eq!(numbers, [2, 4, 6, 8]);
        assert_eq!(text.lines().count(), 5);
        assert_eq!(part_naming(b"id,date,students\na,2026-09-01,p3d9xa\n", &id()), Part::Nothing);
    }

    #[test]
    fn what_has_quotes_or_sealed_cells_or_is_no_utf8_is_read_whole() {
        for log in [
            &b"id,date,students\na,2026-09-01,\"k7m2q4\"\n"[..],
            b"id,date,students\r\na,2026-09-01,k7m2q4\r\n",
            b"id,date,students,sealed\na,2026-09-01,,xyz\n",
            b"id,date,students,note\na,2026-09-01,k7m2q4,\xBC\xD2\n",
            b"\xEF\xBB\xBFid,date,students\na,2026-09-01,k7m2q4\n",
        ] {
            assert_eq!(part_naming(log, &id()), Part::Whole);
        }
    }

    #[test]
    fn a_class_is_found_in_every_writing_of_it() {
        let class: Class = "2023-2".parse().unwrap();
        for text in ["class = \"2023-2\"", "class='2023-02'", "class = \"\\u0032023-2\""] {
            assert!(can_be_of_class(text.as_bytes(), class), "{text}");
        }
        for text in ["class = \"2023-12\"", "class = \"2022-2\"", "born = 2023-12-02", "2023-"] {
            assert!(!can_be_of_class(text.as_bytes(), class), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_row_that_names_the_child_is_left_out(
            rows in prop::collection::vec(("[a-z0-9]{4}", "(k7m2q4|p3d9xa|all|class:2023-2|-k7m2q4|[a-z, ]{0,6}\n?){0,4}"), 0..20)
        ) {
            let mut log = String::from("id,date,students,note\n");
            rows.iter().for_each(|(id, rest)| log.push_str(&format!("{id},2026-09-01,{rest},\n")));
            let whole = Table::read("x.csv", log.clone().into(), &["id"]);
            let part = match part_naming(log.as_bytes(), &id()) {
                Part::Nothing => Table::new("x.csv", Vec::new()),
                Part::Lines { text, numbers } => Table::part("x.csv", text, &numbers),
                Part::Whole => whole.clone(),
            };
            let cells = |table: &Table, row: usize| -> (u32, Vec<String>) {
                let cells = (0..table.columns.len()).map(|column| table.cell(row, column).to_owned()).collect();
                (table.line(row), cells)
            };
            let means = |cells: &[String]| cells.get(2).is_some_and(|students| {
                students.split_whitespace().any(|word| ["k7m2q4", "all"].contains(&word) || word.starts_with("class:"))
            });
            let kept: Vec<_> = (0..part.len()).map(|row| cells(&part, row)).filter(|(_, cells)| means(cells)).collect();
            let wanted: Vec<_> = (0..whole.len()).map(|row| cells(&whole, row)).filter(|(_, cells)| means(cells)).collect();
            prop_assert_eq!(kept, wanted);
        }
    }
}
