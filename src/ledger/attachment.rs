//! Files that activities point to: named by their content, so that the same photo is kept once and a changed one is
//! found out.

/// The folder that holds them.
pub const DIR: &str = "attachments";
/// Hexadecimal digits of the hash in a name: 128 bits, of which no two photos of the world have the same.
const DIGITS: usize = 32;
const LONGEST_ENDING: usize = 8;

/// The name of a content, with the ending of the name that it came under: lower case, letters a–z and digits alone.
pub fn name_of(bytes: &[u8], original: &str) -> String {
    let hash = &blake3::hash(bytes).to_hex()[..DIGITS];
    match ending(original) {
        Some(ending) => format!("{hash}.{ending}"),
        None => hash.to_owned(),
    }
}

/// The ending of a file's name as the ledger writes it; nothing where it has none that can be written so.
pub fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let kept: String = ending.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    (!stem.is_empty() && !kept.is_empty() && kept.len() <= LONGEST_ENDING).then_some(kept)
}

/// Whether a word is a name that the ledger gives: it can lead nowhere else.
pub fn is_name(word: &str) -> bool {
    let (hash, ending) = word.split_once('.').unwrap_or((word, "x"));
    hash.len() == DIGITS
        && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        && (1..=LONGEST_ENDING).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// Whether a name is that of this content.
pub fn fits(name: &str, bytes: &[u8]) -> bool {
    is_name(name) && name.starts_with(&blake3::hash(bytes).to_hex()[..DIGITS])
}

/// The names in a cell of an activity.
pub fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split_ascii_whitespace()
}

/// Those of them that the ledger has given. Another word can lead anywhere, to files that are nobody's to hand on or to
/// throw away; `check` names it.
pub fn own_names(cell: &str) -> impl Iterator<Item = &str> {
    names(cell).filter(|name| is_name(name))
}

/// The path of an attachment in the ledger.
pub fn path_of(name: &str) -> String {
    format!("{DIR}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_that_of_its_content_and_can_lead_nowhere() {
        let name = name_of(b"photo", "IMG_0001.JPG");
        assert!(is_name(&name) && name.ends_with(".jpg") && fits(&name, b"photo") && !fits(&name, b"Photo"), "{name}");
        for (original, kept) in [
            ("a.tar.gz", Some("gz")),
            ("照片.JPeG", Some("jpeg")),
            ("x./../etc", Some("etc")),
            ("x.p d\u{202e}f", Some("pdf")),
            ("x.照片", None),
            (".htaccess", None),
            ("none", None),
            ("x.averylongending", None),
        ] {
            assert_eq!(ending(original).as_deref(), kept, "{original}");
            assert!(is_name(&name_of(b"x", original)), "{original}");
        }
        for wrong in
            ["", "..", "../x.jpg", "a.jpg", &format!("{}/x", "a".repeat(32)), &format!("{}.JPG", "a".repeat(32))]
        {
            assert!(!is_name(wrong), "{wrong:?} passed for a name");
        }
    }
}
