//! Equations as forms print them: sums of numbered columns that are equal.

/// Columns that are added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// As written, without white space around it.
    pub text: String,
    pub columns: Vec<u32>,
}

/// Sums that are equal: two of them or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Equation {
    pub text: String,
    pub sides: Vec<Sum>,
}

impl Sum {
    /// Reads `2+5+8`, and `11+…+18` for every number between; nothing where a text is neither.
    pub fn parse(text: &str) -> Option<Sum> {
        const MOST: u32 = 1_000;
        let mut columns: Vec<u32> = Vec::new();
        let mut goes_on = false;
        for part in text.split('+').map(str::trim) {
            if matches!(part, "…" | "..." | "……") {
                if goes_on || columns.is_empty() {
                    return None;
                }
                goes_on = true;
                continue;
            }
            let number: u32 = part.parse().ok().filter(|number| *number < MOST)?;
            if goes_on {
                let last = *columns.last()?;
                if number <= last {
                    return None;
                }
                columns.extend(last + 1..number);
            }
            goes_on = false;
            columns.push(number);
        }
        (!goes_on).then(|| Sum { text: text.trim().to_owned(), columns })
    }
}

impl Equation {
    /// Reads `1 = 2+5+8 = 11+…+18`.
    pub fn parse(text: &str) -> Option<Equation> {
        let sides: Vec<Sum> = text.split('=').map(Sum::parse).collect::<Option<_>>()?;
        (sides.len() > 1).then(|| Equation { text: text.trim().to_owned(), sides })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_equation_is_read_as_the_form_prints_it() {
        let equation = Equation::parse("1 = 2+5 + 8 = 11+…+14").unwrap();
        let columns: Vec<&[u32]> = equation.sides.iter().map(|side| side.columns.as_slice()).collect();
        assert_eq!(columns, [&[1][..], &[2, 5, 8], &[11, 12, 13, 14]]);
        assert_eq!(Sum::parse("21+22+...+25").unwrap().columns, [21, 22, 23, 24, 25]);
        assert_eq!(Sum::parse("3+4+…+5").unwrap().columns, [3, 4, 5]);
    }

    #[test]
    fn what_is_no_sum_is_refused() {
        for text in ["", "1+", "a", "1-2", "…+3", "1+…", "5+…+3", "1+…+…+3", "1+99999999999", "1+…+4000000"]
        {
            assert_eq!(Sum::parse(text), None, "{text}");
        }
        for text in ["1", "1 =", "1 = 2 = x"] {
            assert_eq!(Equation::parse(text), None, "{text}");
        }
    }
}
