//! Whether a row lies sealed, and whether what is inside it can be read.

/// How a row lies in the ledger, and what of it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Seal {
    /// It lies in the clear.
    #[default]
    Clear,
    /// It lies sealed, and a key at hand has opened it.
    Opened,
    /// It lies sealed, and no key at hand opens it.
    Closed,
}

impl Seal {
    pub fn is_closed(self) -> bool {
        self == Seal::Closed
    }

    /// Whether it lies sealed: it is counted, and never quoted on paper.
    pub fn is_sealed(self) -> bool {
        self != Seal::Clear
    }
}
