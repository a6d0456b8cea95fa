//! A document without whole phones and resident numbers, wherever somebody wrote one: every report passes through here.

use super::{Block, Cell, Document, Private};

impl Document {
    /// The document with phones and resident numbers masked in every text that it shows.
    #[must_use]
    pub fn masked(mut self, private: Private) -> Document {
        if private == Private::Revealed {
            return self;
        }
        let text = |text: &mut String| *text = private.words(text).into_owned();
        text(&mut self.title);
        self.subtitle.iter_mut().for_each(text);
        for block in &mut self.blocks {
            match block {
                Block::Heading { text: words, .. } | Block::Paragraph(words) | Block::Note(words) => text(words),
                Block::SignOff(words) => text(words),
                Block::List(items) | Block::Signatures(items) => items.iter_mut().for_each(text),
                Block::Facts(facts) => facts.iter_mut().for_each(|(_, cell)| mask(cell, private)),
                Block::Table(table) => {
                    text(&mut table.caption);
                    table.rows.iter_mut().flatten().for_each(|cell| mask(cell, private));
                }
                Block::Map(map) => map.rows.iter_mut().for_each(|(label, _)| text(label)),
                Block::Chart(chart) => chart.categories.iter_mut().for_each(text),
                Block::CutLine | Block::PageBreak => {}
            }
        }
        self
    }
}

fn mask(cell: &mut Cell, private: Private) {
    match cell {
        Cell::Text(text) => *text = private.words(text).into_owned(),
        Cell::List(items) => items.iter_mut().for_each(|item| *item = private.words(item).into_owned()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::report::{Column, FileFormat, Screen, Table};

    #[test]
    fn no_block_shows_a_whole_phone() {
        let phone = "电话15400001234".to_owned();
        let mut document = sample::document();
        document.title.clone_from(&phone);
        document.subtitle = Some(phone.clone());
        let mut table = Table::new("t", phone.clone(), vec![Column::left("a", "a")]);
        table.rows.push(vec![Cell::text(&phone)]);
        table.rows.push(vec![Cell::List(vec![phone.clone()])]);
        document.blocks.extend([
            Block::Heading { level: 1, text: phone.clone() },
            Block::Paragraph(phone.clone()),
            Block::Note(phone.clone()),
            Block::SignOff(phone.clone()),
            Block::List(vec![phone.clone()]),
            Block::Signatures(vec![phone.clone()]),
            Block::Facts(vec![("a".to_owned(), Cell::text(&phone))]),
            Block::Table(table),
        ]);
        let said = |document: &Document| {
            let bytes = document.rendered(FileFormat::Json, Screen { width: None, color: false }).unwrap();
            String::from_utf8(bytes).unwrap()
        };
        assert!(said(&document).matches("15400001234").count() > 9);
        let masked = said(&document.masked(Private::Masked));
        assert!(!masked.contains("15400001234") && masked.contains("154******34"), "{masked}");
    }
}
