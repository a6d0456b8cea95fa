//! The names of a student's fields in words: `parent.0.phone` is the father's phone.

use crate::model::Student;
use crate::text::{self, Lang};

/// The words for a key of a student's file.
pub fn field_label(key: &str, student: &Student, lang: Lang) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    let name = |field: &str| text::find(lang, &format!("field-{}", field.replace('_', "-")));
    let owned = |owner: String, field: &str| {
        let field = name(field).unwrap_or_else(|| field.to_owned());
        text::say(lang, "field-of", &[("owner", &owner), ("field", &field)])
    };
    match parts[..] {
        ["parent", at, .., field] => owned(parent(student, at, lang), field),
        ["guardian", .., field] => owned(text::label(lang, "field-guardian"), field),
        ["extra", ..] => key.trim_start_matches("extra.").to_owned(),
        ["enrolment" | "reported" | "risk", .., field] => {
            owned(text::label(lang, &format!("field-{}", parts[0])), field)
        }
        _ => {
            let joined = parts.join("-");
            name(&joined).or_else(|| name(parts[parts.len() - 1])).unwrap_or_else(|| key.to_owned())
        }
    }
}

fn parent(student: &Student, at: &str, lang: Lang) -> String {
    let relation = at.parse::<usize>().ok().and_then(|at| student.parent.get(at)).map(|parent| parent.relation.code());
    text::label(lang, &format!("relation-{}", relation.unwrap_or(at)))
}
