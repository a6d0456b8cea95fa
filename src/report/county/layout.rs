//! Which tables a county gets and which columns each has, as `report/county.toml` of the program says. A school's own copy
//! is not asked: all schools of a county send the same columns.

use serde::Deserialize;

use crate::ledger::definitions::parse_toml;
use crate::ledger::template;
use crate::model::Outcome;

/// The file, in the program.
pub const LAYOUT_FILE: &str = "report/county.toml";

/// Everything that may go out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Rises with every change of a table or column.
    pub schema: u32,
    pub table: Vec<Sheet>,
}

/// One table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub name: String,
    /// What a row is.
    pub each: String,
    pub column: Vec<Column>,
}

/// One column.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: ColumnType,
    pub unit: Option<String>,
    pub about: String,
    /// `KIND.FIELD`, of which the column is filled.
    #[serde(default)]
    pub fields: Vec<String>,
    /// The definition of left behind that it answers.
    pub definition: Option<String>,
}

/// What a column can hold. There is none for text that somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnType {
    Pseudonym,
    Code,
    Integer,
    Date,
    Bool,
}

impl Layout {
    /// The one of the program.
    ///
    /// # Errors
    /// None but a fault of the program, which a test finds.
    pub fn shipped() -> Outcome<Layout> {
        parse_toml(LAYOUT_FILE, &template::text(LAYOUT_FILE))
    }
}
