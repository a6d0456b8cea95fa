//! Which province a place written by hand lies in (`rules/places.toml`).

use serde::Deserialize;

/// The provinces that places are counted by.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Places {
    pub province: Vec<Province>,
}

/// A province, and other words that begin a place in it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Province {
    pub name: String,
    #[serde(default)]
    pub also: Vec<String>,
}

impl Places {
    /// The province that a place begins with, or nothing where it names none.
    pub fn province_of(&self, place: &str) -> Option<&str> {
        let place = place.trim();
        let begins = |province: &&Province| {
            place.starts_with(&province.name) || province.also.iter().any(|word| place.starts_with(word))
        };
        self.province.iter().find(begins).map(|province| province.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_of_the_province_that_it_begins_with() {
        let places: Places = toml::from_str(include_str!("../../data-template/rules/places.toml")).unwrap();
        for (place, province) in [
            ("广东省东莞市", Some("广东省")),
            ("广东东莞", Some("广东省")),
            (" 内蒙古包头", Some("内蒙古自治区")),
            ("东莞市", None),
            ("", None),
        ] {
            assert_eq!(places.province_of(place), province, "{place}");
        }
    }
}
