//! JPEG (ITU T.81): a run of segments, each behind a marker, and behind a start of scan the picture itself.

use super::exif;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const APP0: u8 = 0xE0;
const APP1: u8 = 0xE1;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;
const APP15: u8 = 0xEF;
const COMMENT: u8 = 0xFE;

/// The picture without EXIF, XMP, IPTC, comments, previews and whatever stands behind its end (phones put the pictures
/// of a burst or a film there); nothing where it is not whole.
pub(super) fn cleaned(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = Reader { bytes, at: 2 };
    let (mut first, mut rest, mut turned, mut has_scan) = (Vec::new(), Vec::new(), None, false);
    loop {
        let marker = reader.marker()?;
        if marker == END {
            break;
        }
        let segment = reader.segment(marker)?;
        match marker {
            APP0 if segment.starts_with(b"JFIF\0") && first.is_empty() => put(&mut first, APP0, &density(segment)?),
            APP1 if turned.is_none() && segment.starts_with(exif::HEADER) => turned = exif::orientation(segment),
            // The colours of the picture depend on these two.
            APP2 if segment.starts_with(b"ICC_PROFILE\0") => put(&mut rest, APP2, segment),
            APP14 if segment.starts_with(b"Adobe") => put(&mut rest, APP14, segment.get(..12)?),
            APP0..=APP15 | COMMENT => {}
            _ => put(&mut rest, marker, segment),
        }
        if marker == SCAN {
            rest.extend_from_slice(reader.picture()?);
            has_scan = true;
        }
    }
    let turned = turned.map(|turned| [exif::HEADER, &exif::block(turned)].concat());
    let mut clean = vec![0xFF, START];
    clean.extend(first);
    turned.iter().for_each(|block| put(&mut clean, APP1, block));
    clean.extend(rest);
    clean.extend([0xFF, END]);
    has_scan.then_some(clean)
}

/// The part of a JFIF segment that says how dense the dots are, without its small preview.
fn density(segment: &[u8]) -> Option<Vec<u8>> {
    Some([segment.get(..12)?, &[0, 0]].concat())
}

fn put(out: &mut Vec<u8>, marker: u8, segment: &[u8]) {
    let length = u16::try_from(segment.len() + 2).expect("a segment was read with a length of two bytes");
    out.extend([0xFF, marker]);
    out.extend(length.to_be_bytes());
    out.extend_from_slice(segment);
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next marker; bytes of 0xFF may stand before it to fill up.
    fn marker(&mut self) -> Option<u8> {
        if *self.bytes.get(self.at)? != 0xFF {
            return None;
        }
        while *self.bytes.get(self.at)? == 0xFF {
            self.at += 1;
        }
        self.at += 1;
        Some(self.bytes[self.at - 1])
    }

    /// What stands behind a marker that has a length; a marker that has none has no place between segments.
    fn segment(&mut self, marker: u8) -> Option<&'a [u8]> {
        if matches!(marker, 0x00 | 0x01 | 0xD0..=START) {
            return None;
        }
        let length: [u8; 2] = self.bytes.get(self.at..self.at + 2)?.try_into().ok()?;
        let end = self.at + usize::from(u16::from_be_bytes(length));
        let segment = self.bytes.get(self.at + 2..end)?;
        self.at = end;
        Some(segment)
    }

    /// The bytes of a scan: up to the next marker that is neither a stuffed zero nor a restart.
    fn picture(&mut self) -> Option<&'a [u8]> {
        let from = self.at;
        loop {
            self.at += memchr::memchr(0xFF, self.bytes.get(self.at..)?)?;
            match *self.bytes.get(self.at + 1)? {
                0x00 | 0xD0..=0xD7 => self.at += 2,
                _ => return Some(&self.bytes[from..self.at]),
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const TABLES: &[u8] = b"\xFF\xDB\0\x05\0\x01\x02\xFF\xC0\0\x0B\x08\0\x10\0\x10\x01\x01\x11\0";
    const SCANS: &[u8] = b"\xFF\xC4\0\x04\0\x01\xFF\xDA\0\x03\x01\x12\xFF\0\x34\xFF\xD0\x56\xFF\xDA\0\x03\x02\x78\x9A";

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        put(&mut out, marker, body);
        out
    }

    /// A photo of a phone: everything that is to go, in every place where it can stand.
    pub(in crate::write::photo) fn photo() -> Vec<u8> {
        [
            &b"\xFF\xD8"[..],
            &segment(APP0, b"JFIF\0\x01\x01\x01\0\x48\0\x48\x02\x01SECRET"),
            &segment(APP1, &[exif::HEADER, &exif::tests::of_a_phone()].concat()),
            &segment(APP1, b"http://ns.adobe.com/xap/1.0/\0<x>SECRET</x>"),
            &segment(0xED, b"Photoshop 3.0\08BIM SECRET"),
            &segment(APP2, b"ICC_PROFILE\0\x01\x01colours"),
            &segment(APP2, b"MPF\0SECRET"),
            &segment(APP14, b"Adobe\0\x64\0\0\0\0\x01SECRET"),
            TABLES,
            &segment(COMMENT, b"SECRET"),
            b"\xFF",
            SCANS,
            b"\xFF\xD9",
            b"\xFF\xD8\xFF\xE1SECRET GPS of the second picture",
        ]
        .concat()
    }

    #[test]
    fn the_picture_stays_byte_for_byte_and_keeps_its_turn_and_colours() {
        let expected = [
            &b"\xFF\xD8"[..],
            &segment(APP0, b"JFIF\0\x01\x01\x01\0\x48\0\x48\0\0"),
            &segment(APP1, &[exif::HEADER, &exif::block(6)].concat()),
            &segment(APP2, b"ICC_PROFILE\0\x01\x01colours"),
            &segment(APP14, b"Adobe\0\x64\0\0\0\0\x01"),
            TABLES,
            SCANS,
            b"\xFF\xD9",
        ]
        .concat();
        assert_eq!(cleaned(&photo()).unwrap(), expected);
    }

    #[test]
    fn a_picture_that_says_nothing_stays_as_it_is() {
        let plain = [b"\xFF\xD8", TABLES, SCANS, b"\xFF\xD9"].concat();
        assert_eq!(cleaned(&plain).unwrap(), plain);
    }

    #[test]
    fn what_is_no_run_of_segments_is_refused() {
        for wrong in [&b"\xFF\xD8\xFF\xD9"[..], b"\xFF\xD8\0\0", b"\xFF\xD8\xFF\xE1\0\x01", b"\xFF\xD8\xFF\xD8\xFF\xD9"]
        {
            assert_eq!(cleaned(wrong), None);
        }
    }
}
