//! Money and other exact numbers: whole fen, whole millionths. No floating point comes near a sum that somebody signs for.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

/// An amount of yuan in whole fen. What is owed is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i128);

/// A number of at most six places, in whole millionths: a quantity of goods, a height, a weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Exact(i128);

/// A text that is no number with so many places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no such number")]
pub struct NotExact(pub String);

macro_rules! sums {
    ($name:ident) => {
        impl Add for $name {
            type Output = $name;
            fn add(self, other: $name) -> $name {
                $name(self.0 + other.0)
            }
        }
        impl Sub for $name {
            type Output = $name;
            fn sub(self, other: $name) -> $name {
                $name(self.0 - other.0)
            }
        }
        impl Neg for $name {
            type Output = $name;
            fn neg(self) -> $name {
                $name(-self.0)
            }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: $name) {
                self.0 += other.0;
            }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: $name) {
                self.0 -= other.0;
            }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = $name>>(all: I) -> $name {
                all.fold($name(0), Add::add)
            }
        }
    };
}
sums!(Money);
sums!(Exact);

impl Money {
    pub const ZERO: Money = Money(0);

    pub fn of_fen(fen: i128) -> Money {
        Money(fen)
    }

    pub fn fen(self) -> i128 {
        self.0
    }

    pub fn is_owed(self) -> bool {
        self.0 < 0
    }
}

impl Exact {
    pub const ZERO: Exact = Exact(0);

    pub fn of_millionths(millionths: i128) -> Exact {
        Exact(millionths)
    }

    pub fn millionths(self) -> i128 {
        self.0
    }
}

/// Digits, with at most so many behind the point, as a whole number of the smallest parts. A minus stands before.
fn parts(text: &str, places: u32) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = !whole.is_empty() && whole.len() <= 24 && part.len() <= places as usize;
    if !fits || !is_digits(whole) || !is_digits(part) || (part.is_empty() && digits.contains('.')) {
        return None;
    }
    let scale = 10i128.pow(places);
    let behind = if part.is_empty() { 0 } else { part.parse::<i128>().ok()? * 10i128.pow(places - part.len() as u32) };
    Some(sign * (whole.parse::<i128>().ok()? * scale + behind))
}

impl FromStr for Money {
    type Err = NotExact;

    /// Reads yuan as the ledger stores them: `12`, `12.5`, `-0.01`.
    fn from_str(text: &str) -> Result<Money, NotExact> {
        parts(text, 2).map(Money).ok_or_else(|| NotExact(text.to_owned()))
    }
}

impl FromStr for Exact {
    type Err = NotExact;

    fn from_str(text: &str) -> Result<Exact, NotExact> {
        parts(text, 6).map(Exact).ok_or_else(|| NotExact(text.to_owned()))
    }
}

fn sign(number: i128) -> &'static str {
    if number < 0 { "-" } else { "" }
}

impl fmt::Display for Money {
    /// Yuan with both places: `1200.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fen = self.0.unsigned_abs();
        f.pad(&format!("{}{}.{:02}", sign(self.0), fen / 100, fen % 100))
    }
}

impl fmt::Display for Exact {
    /// The shortest writing: `0.5`, `20`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.unsigned_abs();
        let (whole, part) = (all / 1_000_000, all % 1_000_000);
        let part = format!("{part:06}");
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        f.pad(&format!("{}{whole}{point}{part}", sign(self.0)))
    }
}

/// So much of something, in its unit. Only quantities of one unit have a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    pub number: Exact,
    pub unit: String,
}

impl FromStr for Quantity {
    type Err = NotExact;

    /// Reads `20 kg` or `3件`.
    fn from_str(text: &str) -> Result<Quantity, NotExact> {
        let wrong = || NotExact(text.to_owned());
        let end = text.find(|letter: char| !(letter.is_ascii_digit() || letter == '.')).ok_or_else(wrong)?;
        let unit = text[end..].trim();
        let number = text[..end].parse().map_err(|_| wrong())?;
        if unit.is_empty() { Err(wrong()) } else { Ok(Quantity { number, unit: unit.to_owned() }) }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn yuan(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn ten_fen_and_twenty_fen_are_thirty_fen() {
        assert_eq!(yuan("0.1") + yuan("0.2"), yuan("0.3"));
        assert_eq!((yuan("0.1") + yuan("0.2")).to_string(), "0.30");
        assert_eq!((0..1000).map(|_| yuan("0.1")).sum::<Money>().to_string(), "100.00");
        assert_eq!((yuan("1") - yuan("1.01")).to_string(), "-0.01");
    }

    #[test]
    fn what_is_no_amount_is_not_read() {
        for text in ["", ".", "1.", ".5", "1.234", "1e3", "1,200", "一百", "--1", "+1", " 1"] {
            assert!(text.parse::<Money>().is_err(), "{text:?} was read");
        }
        for text in ["", "件", "3", "3.", "-3 件"] {
            assert!(text.parse::<Quantity>().is_err(), "{text:?} was read");
        }
    }

    #[test]
    fn a_quantity_is_its_number_and_its_unit() {
        assert_eq!("3件".parse::<Quantity>().unwrap().to_string(), "3 件");
        assert_eq!("0.250000 kg".parse::<Quantity>().unwrap().to_string(), "0.25 kg");
    }

    proptest! {
        #[test]
        fn an_amount_is_read_as_it_is_printed(fen in -1_000_000_000_000_000_000i64..1_000_000_000_000_000_000) {
            let money = Money::of_fen(i128::from(fen));
            prop_assert_eq!(money.to_string().parse::<Money>().unwrap(), money);
        }

        #[test]
        fn a_number_is_read_as_it_is_printed(millionths in i64::MIN..i64::MAX) {
            let number = Exact::of_millionths(i128::from(millionths));
            prop_assert_eq!(number.to_string().parse::<Exact>().unwrap(), number);
        }

        #[test]
        fn a_sum_is_that_of_the_fen_in_any_order(fen in proptest::collection::vec(-9_999_999i64..9_999_999, 0..200)) {
            let all: Vec<Money> = fen.iter().map(|fen| Money::of_fen(i128::from(*fen))).collect();
            let there: Money = all.iter().copied().sum();
            let back: Money = all.iter().rev().copied().sum();
            prop_assert_eq!(there.fen(), fen.iter().map(|fen| i128::from(*fen)).sum::<i128>());
            prop_assert_eq!(there, back);
        }
    }
}
