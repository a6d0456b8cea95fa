//! The folder: how its files are read and written, and the promises that it keeps (all or nothing, two hands at once,
//! nothing lost). Knows nothing of what the data means. Begin with `snapshot` for reading and `change` for writing.

pub mod answers;
pub mod attachment;
pub mod change;
pub mod coding;
pub mod definitions;
mod disk;
pub mod find;
pub mod folder;
mod follow_ups;
pub mod form;
pub mod joined;
pub mod leftovers;
pub mod merge;
mod naming;
mod opening;
pub mod package;
pub mod place;
mod plain_toml;
mod reading;
pub mod record;
pub mod registers;
pub mod rights;
pub mod scales;
pub mod seal;
pub mod snapshot;
pub mod strays;
mod stretch;
pub mod table;
pub mod template;
mod whose;

pub use change::{ChangeSet, Lock};
pub use folder::Folder;
pub use seal::{Keys, Recipients};
pub use snapshot::{Log, Logs, Need, Origin, Snapshot};
pub use whose::IdHasher;
