//! The one thing that is kept of an EXIF block: how the picture is turned.

/// Before the block in a JPEG, and sometimes in a WebP.
pub(super) const HEADER: &[u8] = b"Exif\0\0";
const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// How a picture is turned, where its block (with or without the header) says so: 2 to 8; 1 is not turned at all.
pub(super) fn orientation(block: &[u8]) -> Option<u8> {
    let block = block.strip_prefix(HEADER).unwrap_or(block);
    let little = match block.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let two = |at: usize| {
        let bytes: [u8; 2] = block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let first: [u8; 4] = block.get(4..8)?.try_into().ok()?;
    let directory = if little { u32::from_le_bytes(first) } else { u32::from_be_bytes(first) } as usize;
    let entry = |number: u16| directory.checked_add(2 + usize::from(number) * 12);
    let entries = (0..two(directory)?).filter_map(entry);
    let mut turned = entries.filter(|at| two(*at) == Some(ORIENTATION) && two(*at + 2) == Some(SHORT));
    let value = two(turned.next()?.checked_add(8)?)?;
    u8::try_from(value).ok().filter(|value| (2..=8).contains(value))
}

/// A block that says how the picture is turned and nothing else, without the header.
pub(super) fn block(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0".to_vec();
    block.extend(ORIENTATION.to_le_bytes());
    block.extend(SHORT.to_le_bytes());
    block.extend([1, 0, 0, 0, orientation, 0, 0, 0]);
    block.extend([0; 4]);
    block
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A block of a phone, big-endian: maker, orientation 6, a place.
    pub(in crate::write::photo) fn of_a_phone() -> Vec<u8> {
        let mut block = b"MM\0*\0\0\0\x08\0\x03".to_vec();
        block.extend(b"\x01\x0F\0\x02\0\0\0\x07\0\0\0\x32");
        block.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
        block.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x39");
        block.extend(b"\0\0\0\0SECRET\0GPS 26.5N 106.7E");
        block
    }

    #[test]
    fn the_orientation_is_read_in_both_byte_orders_and_written_again() {
        assert_eq!(orientation(&of_a_phone()), Some(6));
        for turned in 2..=8 {
            assert_eq!(orientation(&block(turned)), Some(turned));
            assert_eq!(orientation(&[HEADER, &block(turned)].concat()), Some(turned));
        }
        for none in [&block(1)[..], &block(9), b"", b"II*\0", b"II*\0\xFF\xFF\xFF\xFF", b"XX*\0\x08\0\0\0"] {
            assert_eq!(orientation(none), None);
        }
    }
}
