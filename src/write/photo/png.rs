//! PNG: a signature and chunks, each with its length, type and checksum. Only chunks that the picture needs are kept.

use super::exif;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";
/// What draws the picture or says its colours; among the others are EXIF, texts, the time, and what phones add.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD",
    b"hIST", b"pHYs", b"sPLT", b"acTL", b"fcTL", b"fdAT",
];

/// The picture without what else its file says; nothing where it is not whole.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = bytes.strip_prefix(SIGNATURE)?;
    let (mut head, mut clean, mut turned, mut has_picture) = (Vec::new(), Vec::new(), None, false);
    loop {
        let chunk;
        (chunk, rest) = split(rest)?;
        let (kind, body) = (&chunk[4..8], &chunk[8..chunk.len() - 4]);
        match kind {
            _ if head.is_empty() && kind != b"IHDR" => return None,
            b"IHDR" if head.is_empty() => head.extend_from_slice(chunk),
            b"eXIf" => turned = turned.or(exif::orientation(body)),
            _ if KEPT.iter().any(|kept| *kept == kind) => clean.extend_from_slice(chunk),
            // A chunk whose name begins with a capital is needed to draw the picture.
            [b'A'..=b'Z', ..] => return None,
            _ => {}
        }
        has_picture |= kind == b"IDAT";
        if kind == b"IEND" {
            break;
        }
    }
    let turned = turned.map(|turned| chunk_of(b"eXIf", &exif::block(turned))).unwrap_or_default();
    has_picture.then(|| [SIGNATURE, &head, &turned, &clean].concat())
}

/// The first chunk with its length and checksum, and what stands behind it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?);
    bytes.split_at_checked(usize::try_from(length).ok()?.checked_add(12)?)
}

fn chunk_of(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [kind, body].concat();
    let length = u32::try_from(body.len()).expect("the block has 26 bytes");
    [&length.to_be_bytes()[..], &named, &checksum(&named).to_be_bytes()].concat()
}

/// CRC-32 (ISO 3309), bit by bit: it is taken over a few bytes.
fn checksum(bytes: &[u8]) -> u32 {
    const POLYNOMIAL: u32 = 0xEDB8_8320;
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ POLYNOMIAL } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";

    pub(in crate::write::photo) fn photo() -> Vec<u8> {
        let parts = [
            chunk_of(b"IHDR", HEAD),
            chunk_of(b"gAMA", b"\0\0\xB1\x8F"),
            chunk_of(b"eXIf", &exif::tests::of_a_phone()),
            chunk_of(b"tEXt", b"Author\0SECRET"),
            chunk_of(b"zTXt", b"Comment\0\0SECRET"),
            chunk_of(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET"),
            chunk_of(b"tIME", b"\x07\xEA\x0B\x18\0\0\0"),
            chunk_of(b"IDAT", b"picture"),
            chunk_of(b"maDe", b"SECRET"),
            chunk_of(b"IEND", b""),
        ];
        [SIGNATURE, &parts.concat(), b"SECRET behind the end"].concat()
    }

    #[test]
    fn only_what_draws_the_picture_stays_with_its_turn() {
        let kept = [
            chunk_of(b"IHDR", HEAD),
            chunk_of(b"eXIf", &exif::block(6)),
            chunk_of(b"gAMA", b"\0\0\xB1\x8F"),
            chunk_of(b"IDAT", b"picture"),
            chunk_of(b"IEND", b""),
        ];
        assert_eq!(cleaned(&photo()).unwrap(), [SIGNATURE, &kept.concat()].concat());
    }

    #[test]
    fn the_checksum_is_the_one_of_the_format() {
        // The empty chunk that ends every PNG.
        assert_eq!(chunk_of(b"IEND", b""), b"\0\0\0\0IEND\xAE\x42\x60\x82");
    }

    #[test]
    fn a_chunk_that_is_needed_and_not_known_is_refused() {
        let wrong = [SIGNATURE, &chunk_of(b"IHDR", HEAD), &chunk_of(b"XDAT", b""), &chunk_of(b"IEND", b"")].concat();
        assert_eq!(cleaned(&wrong), None);
    }
}
