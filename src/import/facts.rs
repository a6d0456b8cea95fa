//! What one row says of one child. Every fact may be missing: a form that does not give it erases nothing.

use std::collections::BTreeMap;

use crate::model::{
    Benefit, Class, Day, Gender, Guardian, Health, Hukou, Income, Parent, Reported, StudentId, Study, When,
};

/// The facts of one row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// Where the caller names a column to take ids from.
    pub id: Option<StudentId>,
    pub name: String,
    pub former_name: Option<String>,
    pub gender: Option<Gender>,
    pub born: Option<Day>,
    pub national_id: Option<String>,
    pub roll_number: Option<String>,
    pub ethnicity: Option<String>,
    pub class: Option<Class>,
    pub hukou: Option<Hukou>,
    pub boarding: Option<bool>,
    pub address: Option<String>,
    pub hukou_address: Option<String>,
    pub phone: Option<String>,
    pub note: Option<String>,
    /// When the child entered school.
    pub entry: Option<When>,
    /// At most one stretch of absence each: the one that is open on the form's day.
    pub parents: Vec<Parent>,
    pub guardians: Vec<Guardian>,
    pub reported: Option<Reported>,
    pub health: Health,
    /// Where it holds any, it is the whole of it.
    pub income: Vec<Income>,
    /// Where it holds any, it is the whole of it.
    pub benefits: Vec<Benefit>,
    /// A column of its own for one of the benefits.
    pub subsistence: Option<bool>,
    pub low_income: Option<bool>,
    pub housing: Option<String>,
    pub household_note: Option<String>,
    pub study: Study,
    pub extra: BTreeMap<String, String>,
}
