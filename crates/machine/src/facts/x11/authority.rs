//! The cookie with which this person is let in, from the file that the session keeps.

use std::path::PathBuf;

const NAME: &[u8] = b"MIT-MAGIC-COOKIE-1";
const MOST: u64 = 1 << 20;

/// What the server wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cookie(pub(super) Vec<u8>);

/// The cookie for the display with this number; none where servers let everybody in.
pub(super) fn cookie_for(number: u16) -> Option<Cookie> {
    let named = std::env::var_os("XAUTHORITY").map(PathBuf::from);
    let usual = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".Xauthority"));
    let bytes = crate::facts::libraries::beginning(&named.or_else(usual)?, MOST).ok()?;
    find(&bytes, &number.to_string())
}

/// Entries are family, address, number, name and data; all but the family with their lengths before them, and these
/// big-endian. An entry without a number is for every display.
fn find(bytes: &[u8], number: &str) -> Option<Cookie> {
    let mut rest = bytes;
    loop {
        rest = rest.get(2..)?;
        let [_, display, name, data] = [
            field(&mut rest)?,
            field(&mut rest)?,
            field(&mut rest)?,
            field(&mut rest)?,
        ];
        if name == NAME && (display.is_empty() || display == number.as_bytes()) {
            return Some(Cookie(data.to_vec()));
        }
    }
}

fn field<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, after) = rest.split_first_chunk::<2>()?;
    let (field, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
    *rest = after;
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(display: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = vec![1, 0];
        for field in [b"host".as_slice(), display.as_bytes(), NAME, data] {
            bytes.extend((field.len() as u16).to_be_bytes());
            bytes.extend(field);
        }
        bytes
    }

    #[test]
    fn the_entry_of_the_display_is_found_and_a_cut_file_finds_none() {
        let file = [entry("10", b"ten"), entry("0", b"zero")].concat();
        assert_eq!(find(&file, "0"), Some(Cookie(b"zero".to_vec())));
        assert_eq!(find(&file, "7"), None);
        for length in 0..file.len() {
            assert_eq!(find(&file[..length], "0"), None);
        }
        assert_eq!(find(&entry("", b"any"), "3"), Some(Cookie(b"any".to_vec())));
    }
}
