//! Plain types: what a student, an activity, a term is, and what follows from them for a day.
//!
//! Nothing here reads a file or a clock, or knows how a thing is shown. Begin with `student`.

mod activity;
mod class;
pub(crate) mod code;
mod day;
mod followup;
pub mod fund;
pub mod health;
mod id;
pub mod kind;
pub mod leaving;
mod letter;
mod likeness;
mod money;
pub mod national_id;
mod problem;
mod pseudonym;
pub mod scale;
mod school;
mod score;
mod scrub;
mod seal;
mod situation;
mod student;
mod whom;

pub use activity::{Activity, ActivityAt};
pub use class::{Class, NotAClass, school_year_on};
pub use day::{Day, NotADay, When};
pub use followup::{FOLLOW_UP_COLUMNS, FOLLOW_UP_SEALED, FollowUp, FollowUpType, FollowUpTypes, Status};
pub use id::{IdSource, NotAnId, RowId, StudentId, is_id};
pub use letter::is_active;
pub use likeness::Likeness;
pub use money::{Exact, Money, NotExact, Quantity};
pub use problem::{Exit, Outcome, Place, Problem, Problems};
pub use pseudonym::{CountyKey, NoCountyKey, Pseudonym};
pub use school::{
    Ages, Attachments, Confidential, Group, Identity, Privacy, Recipient, School, Stretch, customary_term,
};
pub use score::{ExamSaid, Half, Mark};
pub use scrub::Scrub;
pub use seal::Seal;
pub use situation::{Carer, Condition, LeftBehindKind, Schooling};
pub use student::{
    Ability, Away, Benefit, Clash, Gender, Guardian, Health, HealthStatus, Household, Hukou, Income, Level, Override,
    Parent, ParentStatus, Relation, Reported, Risk, Spell, Student, Study,
};
pub use whom::{Whom, whom};
