//! What is wrong, where, and with which values. The words for it are in `src/text/`, under the problem's code.

use std::fmt;

/// Where in a file a thing stands. Lines and rows are counted from 1, as an editor and a spreadsheet show them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Place {
    #[default]
    Nowhere,
    File(String),
    Line {
        file: String,
        line: u32,
    },
    Cell {
        file: String,
        sheet: Option<String>,
        row: u32,
        column: Option<String>,
    },
}

impl Place {
    pub fn line(file: &str, line: u32) -> Place {
        Place::Line { file: file.to_owned(), line }
    }

    pub fn file(file: &str) -> Place {
        Place::File(file.to_owned())
    }

    /// The line or row, where one is known.
    pub fn row(&self) -> Option<u32> {
        match self {
            Place::Line { line, .. } => Some(*line),
            Place::Cell { row, .. } => Some(*row),
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    /// `file:line`, which editors open, or `file!sheet!row!column`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Nowhere => Ok(()),
            Place::File(file) => f.write_str(file),
            Place::Line { file, line } => write!(f, "{file}:{line}"),
            Place::Cell { file, sheet, row, column } => {
                write!(f, "{file}")?;
                for part in [sheet, &Some(row.to_string()), column].into_iter().flatten() {
                    write!(f, "!{part}")?;
                }
                Ok(())
            }
        }
    }
}

/// What a problem means for the command, as its exit code tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    Done = 0,
    /// It looked for trouble and found some.
    Found = 1,
    Usage = 2,
    /// The data is wrong; nothing was written.
    Data = 3,
    /// The ledger is busy, or the disk failed.
    Disk = 4,
}

impl Exit {
    /// The exit of a command that looks for trouble.
    pub fn found_if(found: bool) -> Exit {
        if found { Exit::Found } else { Exit::Done }
    }
}

/// One thing that is wrong: a code that names its message and remedy, its place, and the values that the words need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub code: &'static str,
    pub place: Place,
    pub values: Vec<(&'static str, String)>,
    pub exit: Exit,
}

impl Problem {
    /// A fault of the data.
    pub fn data(code: &'static str, place: Place) -> Problem {
        Problem { code, place, values: Vec::new(), exit: Exit::Data }
    }

    /// A fault of the words that the command was given.
    pub fn usage(code: &'static str) -> Problem {
        Problem { code, place: Place::Nowhere, values: Vec::new(), exit: Exit::Usage }
    }

    /// A fault of the disk, or a ledger that another command holds.
    pub fn disk(code: &'static str, place: Place) -> Problem {
        Problem { code, place, values: Vec::new(), exit: Exit::Disk }
    }

    /// Adds a value that the words of the message name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Problem {
        self.values.push((name, value.to_string()));
        self
    }
}

impl fmt::Display for Problem {
    /// For logs and failing tests; people are shown the words of `src/text/`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.code)?;
        self.values.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))
    }
}

/// All that is wrong, as an error. Never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// The exit code of the gravest problem.
    pub fn exit(&self) -> Exit {
        self.0.iter().map(|problem| problem.exit).max().unwrap_or(Exit::Data)
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|problem| writeln!(f, "{problem}"))
    }
}

impl std::error::Error for Problems {}

/// What a step gives, or everything that was wrong.
pub type Outcome<T> = Result<T, Problems>;
