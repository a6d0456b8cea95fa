//! What a command writes: an activity with the follow-ups that it opens and closes, a field of a student. Turns what a
//! person entered into a change set, and writes nothing itself. Knows nothing of terminals. Begin with `recording`.

pub mod attachment;
pub mod disclosure;
pub mod fields;
pub mod forgetting;
pub mod funds;
pub mod handover;
pub mod joining;
mod judging;
pub mod letter;
pub mod photo;
pub mod receiving;
pub mod recipients;
pub mod recording;
pub mod rotation;
mod rows;
pub mod scores;
pub mod screening;
pub mod sealing;
mod stretch;
pub mod traces;
pub mod united;
pub mod values;

pub use disclosure::{Disclosure, disclose};
pub use fields::set_field;
pub use recording::{NewActivity, Recording};
