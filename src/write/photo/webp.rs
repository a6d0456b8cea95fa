//! WebP: a RIFF file of chunks. Only chunks that the picture needs are kept.

use super::exif;

/// What draws the picture or says its colours; a chunk of the simple formats is `VP8 ` or `VP8L`.
const KEPT: [&[u8; 4]; 6] = [b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// Bits of the extended header that say which chunks there are.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The picture without what else its file says; nothing where it is not whole.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let mut rest = bytes.get(12..size.checked_add(8)?)?;
    let (mut header, mut clean, mut turned, mut has_picture) = (None, Vec::new(), None, false);
    while !rest.is_empty() {
        let (kind, body, behind) = split(rest)?;
        match kind {
            b"VP8X" => header = Some(<[u8; 10]>::try_from(body).ok()?),
            b"EXIF" => turned = turned.or(exif::orientation(body)),
            _ if KEPT.iter().any(|kept| *kept == kind) => put(&mut clean, kind, body),
            _ => {}
        }
        has_picture |= matches!(kind, b"VP8 " | b"VP8L" | b"ANMF");
        rest = behind;
    }
    let mut chunks = Vec::new();
    if let Some(mut header) = header {
        header[0] &= !(HAS_EXIF | HAS_XMP);
        header[0] |= if turned.is_some() { HAS_EXIF } else { 0 };
        put(&mut chunks, b"VP8X", &header);
        chunks.extend(clean);
        turned.iter().for_each(|turned| put(&mut chunks, b"EXIF", &exif::block(*turned)));
    } else {
        chunks = clean;
    }
    let size = u32::try_from(chunks.len() + 4).ok()?;
    has_picture.then(|| [&b"RIFF"[..], &size.to_le_bytes(), b"WEBP", &chunks].concat())
}

/// The first chunk, and what stands behind it. A chunk of odd length is followed by one byte more.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let length = usize::try_from(u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?)).ok()?;
    let end = length.checked_add(8)?;
    let body = bytes.get(8..end)?;
    Some((&bytes[..4], body, bytes.get(end.checked_add(length % 2)?..)?))
}

fn put(out: &mut Vec<u8>, kind: &[u8], body: &[u8]) {
    let length = u32::try_from(body.len()).expect("a chunk was read with a length of four bytes");
    out.extend_from_slice(kind);
    out.extend(length.to_le_bytes());
    out.extend_from_slice(body);
    if body.len() % 2 == 1 {
        out.push(0);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const HEADER: [u8; 10] = [HAS_EXIF | HAS_XMP | 0x20, 0, 0, 0, 15, 0, 0, 15, 0, 0];

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = Vec::new();
        chunks.iter().for_each(|(kind, bytes)| put(&mut body, *kind, bytes));
        [&b"RIFF"[..], &(body.len() as u32 + 4).to_le_bytes(), b"WEBP", &body].concat()
    }

    pub(in crate::write::photo) fn photo() -> Vec<u8> {
        let block = exif::tests::of_a_phone();
        let chunks: [(&[u8; 4], &[u8]); 6] = [
            (b"VP8X", &HEADER),
            (b"ICCP", b"colours"),
            (b"VP8 ", b"picture"),
            (b"EXIF", &block),
            (b"XMP ", b"<x>SECRET</x>"),
            (b"mine", b"SECRET"),
        ];
        [file(&chunks), b"SECRET behind the end".to_vec()].concat()
    }

    #[test]
    fn only_what_draws_the_picture_stays_with_its_turn() {
        let mut header = HEADER;
        header[0] = HAS_EXIF | 0x20;
        let expected =
            file(&[(b"VP8X", &header), (b"ICCP", b"colours"), (b"VP8 ", b"picture"), (b"EXIF", &exif::block(6))]);
        assert_eq!(cleaned(&photo()).unwrap(), expected);
        let simple = file(&[(b"VP8L", b"picture")]);
        assert_eq!(cleaned(&simple).unwrap(), simple);
    }
}
