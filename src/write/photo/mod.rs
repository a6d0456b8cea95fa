//! Photos lose what they say of place, time and device before they come into the ledger: phones write the place of a
//! child's home into every picture. How the picture is turned is kept, and the picture itself stays byte for byte.
//!
//! Pure functions of bytes, which come from anywhere: cut, hostile or no photo at all. Begin with [`cleaned`].

mod exif;
mod jpeg;
mod png;
mod webp;

/// What becomes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cleaned {
    /// A photo without what it said of its origin.
    Photo(Vec<u8>),
    /// No photo that is known: it is left as it is.
    NoPhoto,
}

/// Why a photo is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It ends too early or is no such picture, so that nobody can say what else is in it.
    Damaged(&'static str),
    /// A format in which what it says of its origin cannot be taken out here.
    Unreadable(&'static str),
}

/// A file without the place, time and device that a photo says of itself.
///
/// # Errors
/// Where it is a photo from which they cannot be taken.
pub fn cleaned(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let photo = |name, cleaned: Option<Vec<u8>>| cleaned.map(Cleaned::Photo).ok_or(Refused::Damaged(name));
    if bytes.starts_with(b"\xFF\xD8") {
        photo("JPEG", jpeg::cleaned(bytes))
    } else if bytes.starts_with(png::SIGNATURE) {
        photo("PNG", png::cleaned(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        photo("WebP", webp::cleaned(bytes))
    } else if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        Err(Refused::Unreadable("TIFF"))
    } else if bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(is_heif) {
        Err(Refused::Unreadable("HEIC"))
    } else {
        Ok(Cleaned::NoPhoto)
    }
}

/// Whether the brand of an ISO media file is one of still pictures (HEIC, HEIF, AVIF).
fn is_heif(brand: &[u8]) -> bool {
    [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"]
        .iter()
        .any(|known| *known == brand)
}

/// Endings that promise a photo.
pub const ENDINGS: [&str; 11] = ["jpg", "jpeg", "jpe", "jfif", "png", "webp", "heic", "heif", "avif", "tif", "tiff"];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// One photo of each format, full of what is to go.
    fn photos() -> [Vec<u8>; 3] {
        [jpeg::tests::photo(), png::tests::photo(), webp::tests::photo()]
    }

    #[test]
    fn place_and_device_are_gone_and_a_second_cleaning_changes_nothing() {
        for photo in photos() {
            let Ok(Cleaned::Photo(clean)) = cleaned(&photo) else { panic!("a photo was refused") };
            for told in ["SECRET", "GPS", "http://ns.adobe.com", "Photoshop"] {
                assert!(!clean.windows(told.len()).any(|part| part == told.as_bytes()), "{told} is still there");
            }
            assert_eq!(cleaned(&clean), Ok(Cleaned::Photo(clean.clone())));
        }
    }

    #[test]
    fn a_photo_that_is_cut_anywhere_is_refused() {
        for photo in photos() {
            let Ok(Cleaned::Photo(clean)) = cleaned(&photo) else { panic!("a photo was refused") };
            for length in 12..clean.len() {
                assert!(cleaned(&clean[..length]).is_err(), "{length} of {} bytes passed", clean.len());
            }
        }
    }

    #[test]
    fn formats_that_cannot_be_cleaned_are_refused_and_other_files_are_no_photos() {
        assert_eq!(cleaned(b"\0\0\0\x18ftypheic\0\0"), Err(Refused::Unreadable("HEIC")));
        assert_eq!(cleaned(b"II*\0rest"), Err(Refused::Unreadable("TIFF")));
        for other in [&b"%PDF-1.7"[..], b"", b"GIF89a", b"\0\0\0\x18ftypisom", b"RIFF\0\0\0\0WAVE"] {
            assert_eq!(cleaned(other), Ok(Cleaned::NoPhoto));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(which in 0..3_usize, cut in any::<usize>(), at in any::<usize>(), to in any::<u8>()) {
            let mut photo = photos()[which].clone();
            let length = photo.len();
            photo[at % length] = to;
            photo.truncate(cut % (length + 1));
            if let Ok(Cleaned::Photo(clean)) = cleaned(&photo) {
                prop_assert_eq!(cleaned(&clean), Ok(Cleaned::Photo(clean.clone())));
            }
        }

        #[test]
        fn no_noise_makes_it_panic(which in 0..4_usize, noise in prop::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 4] = [b"\xFF\xD8\xFF", png::SIGNATURE, b"RIFF\xC8\0\0\0WEBPVP8X", b"\xFF\xD8\xFF\xE1\0\x40Exif\0\0II*\0"];
            let _ = cleaned(&[heads[which], &noise].concat());
        }
    }
}
