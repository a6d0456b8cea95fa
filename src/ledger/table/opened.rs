//! A table as it reads with its sealed cells opened: the same rows on the same lines, and the columns that were inside.

use super::{Encoding, Table};

/// The cells of one row that differ from those in the file, by column.
pub type Overlay = Vec<(String, String)>;

impl Table {
    /// The table with other cells in some rows, and without one of its columns. It is read and never written: what is
    /// written is the file as it lies.
    pub fn overlaid(&self, overlays: &[Overlay], without: &str) -> Table {
        let mut columns: Vec<String> = self.columns.iter().filter(|column| *column != without).cloned().collect();
        for (column, _) in overlays.iter().flatten() {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
        let mut table = Table { columns, ..Table::new(&self.path, Vec::new()) };
        let own: Vec<Option<usize>> = table.columns.iter().map(|column| self.column(column)).collect();
        for (row, overlay) in overlays.iter().enumerate() {
            table.add_row(self, row, &own, overlay);
        }
        table.is_there = self.is_there;
        table
    }

    fn add_row(&mut self, of: &Table, row: usize, own: &[Option<usize>], overlay: &Overlay) {
        let cells_from = self.cells.len();
        let mut ends = Vec::with_capacity(self.columns.len());
        for (column, own) in self.columns.iter().zip(own) {
            let inside = overlay.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str());
            let cell = inside.or(own.map(|own| of.cell(row, own))).unwrap_or_default();
            self.cells.push_str(cell);
            ends.push(self.cells.len() - cells_from);
        }
        self.add_bounds(cells_from, &ends);
        self.rows.push(of.rows[row]);
        debug_assert_eq!(self.encoding, Encoding::Utf8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_with_what_was_inside_and_the_others_as_they_lie() {
        let table =
            Table::read("x.csv", "id,date,sealed,void\na,2026-09-01,xyz,\n\nb,2026-09-02,zyx,y\n".into(), &["id"]);
        let inside = vec![("students".to_owned(), "aaaaaa".to_owned()), ("note".to_owned(), "二\n行".to_owned())];
        let opened = table.overlaid(&[inside, Vec::new()], "sealed");
        assert_eq!(opened.columns, ["id", "date", "void", "students", "note"]);
        assert_eq!((opened.get(0, "students"), opened.get(0, "note"), opened.line(1)), ("aaaaaa", "二\n行", 4));
        assert_eq!((opened.get(1, "students"), opened.get(1, "void"), opened.get(1, "id")), ("", "y", "b"));
    }
}
