//! Resident identity numbers as cells hold them.

use super::fold::{folded, without_brackets};
use super::sheet::Cell;
use crate::model::national_id::{Fault, NationalId};

/// The number of a cell, or the code of what is wrong with it.
pub(super) fn national_id(cell: &Cell) -> Result<NationalId, &'static str> {
    let text = plain(cell);
    if is_rounded(cell, &text) {
        return Err("id-rounded");
    }
    NationalId::parse(&text).map_err(|fault| match fault {
        Fault::Length => "id-length",
        Fault::Characters => "id-characters",
        Fault::Birthday => "id-birthday",
        Fault::CheckCharacter => "id-check-digit",
        Fault::Rounded => "id-rounded",
    })
}

/// The number of an adult, who may still hold one of the 15 digits of before 1999.
pub(super) fn adult_id(cell: &Cell) -> Result<String, &'static str> {
    let text = plain(cell);
    let old = text.len() == 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    if old { Ok(text) } else { national_id(cell).map(|id| id.as_str().to_owned()) }
}

/// Folded, without the marks that make a spreadsheet take digits for text: `'5299…` and `="5299…"`.
fn plain(cell: &Cell) -> String {
    let text = without_brackets(&folded(&cell.text()));
    text.trim_matches(|letter| matches!(letter, '\'' | '"' | '=' | '‘' | '’' | '`')).to_ascii_uppercase()
}

/// A number cell keeps 15 digits, so one of 16 or more has lost its last ones, however it looks.
pub(super) fn is_rounded(cell: &Cell, text: &str) -> bool {
    let scientific = text.split_once('E').is_some_and(|(digits, exponent)| {
        let number =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b".+".contains(&byte));
        number(digits) && number(exponent)
    });
    scientific || matches!(cell, Cell::Number(number) if number.abs() >= 1e15)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Result<String, &'static str> {
        national_id(&Cell::Text(text.to_owned())).map(|id| id.as_str().to_owned())
    }

    #[test]
    fn layout_of_numbers_is_folded() {
        for written in [
            "52990420200224371X",
            "52990420200224371x",
            "５２９９０４２０２００２２４３７１Ｘ",
            "'52990420200224371X",
            "=\"52990420200224371X\"",
            " 529904 20200224 371X ",
        ] {
            assert_eq!(text(written).as_deref(), Ok("52990420200224371X"), "{written}");
        }
    }

    #[test]
    fn each_fault_has_its_code() {
        for (written, code) in [
            ("5.29904E+17", "id-rounded"),
            ("529904202002243000", "id-rounded"),
            ("529904202002243710", "id-check-digit"),
            ("52990420200224371", "id-length"),
            ("52990420201324371X", "id-birthday"),
            ("5299042020022437IX", "id-characters"),
        ] {
            assert_eq!(text(written), Err(code), "{written}");
        }
        assert_eq!(national_id(&Cell::Number(529_904_202_002_243_710.0)).unwrap_err(), "id-rounded");
        assert_eq!(adult_id(&Cell::Text("529904540501123".to_owned())).as_deref(), Ok("529904540501123"));
    }
}
