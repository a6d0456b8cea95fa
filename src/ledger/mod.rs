//! The folder: how its files are read and written, and the promises that it keeps (all or nothing, two hands at once,
//! nothing lost). Knows nothing of what the data means. Begin with `snapshot` for reading and `change` for writing.

pub mod change;
pub mod definitions;
mod disk;
pub mod find;
pub mod folder;
pub mod form;
mod plain_toml;
pub mod record;
pub mod snapshot;
pub mod table;
pub mod template;
mod whose;

pub use change::{ChangeSet, Lock};
pub use folder::Folder;
pub use snapshot::{Log, Logs, Need, Origin, Snapshot};
pub use whose::IdHasher;
