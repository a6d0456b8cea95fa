//! Whom a record brought the school in touch with.

use super::risk::reached_nobody;
use super::rules::Rules;
use crate::ledger::Log;
use crate::model::Activity;
use crate::model::kind::Contact;

/// Whom an activity reached: nobody where its kind is no contact, or where the rules say that such a row reached nobody.
pub fn contact(rules: &Rules, log: &Log, activity: &Activity) -> Option<Contact> {
    let contact = rules.kinds.get(&log.kind).and_then(|kind| kind.contact)?;
    (!reached_nobody(log, activity, &rules.risk.no_contact)).then_some(contact)
}
