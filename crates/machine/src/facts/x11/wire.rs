//! The requests and answers, byte by byte, little-endian throughout (X Window System Protocol, version 11; RandR 1.5).

use super::authority::Cookie;

const COOKIE: &[u8] = b"MIT-MAGIC-COOKIE-1";
const GET_PROPERTY: u8 = 20;
const QUERY_EXTENSION: u8 = 98;
/// The atom of the property that holds the person's settings.
const RESOURCE_MANAGER: u32 = 23;
const GET_MONITORS: u8 = 42;
/// A monitor's fixed fields; the numbers of its outputs follow.
const MONITOR: usize = 24;

/// The screen's own window and its size in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Root {
    pub(super) window: u32,
    pub(super) size: (u64, u64),
}

pub(super) fn setup(cookie: Option<&Cookie>) -> Vec<u8> {
    let (name, data) = cookie.map_or((&[][..], &[][..]), |cookie| (COOKIE, cookie.0.as_slice()));
    let mut request = vec![b'l', 0];
    for number in [11, 0, name.len() as u16, data.len() as u16, 0] {
        request.extend(number.to_le_bytes());
    }
    request.extend(padded(name));
    request.extend(padded(data));
    request
}

/// The first screen of the answer to [`setup`].
pub(super) fn root(answer: &[u8]) -> Option<Root> {
    let vendor = usize::from(u16_at(answer, 16)?);
    let formats = usize::from(*answer.get(21)?);
    let screen = answer.get(32 + vendor.next_multiple_of(4) + 8 * formats..)?;
    Some(Root {
        window: u32_at(screen, 0)?,
        size: (u16_at(screen, 20)?.into(), u16_at(screen, 22)?.into()),
    })
}

pub(super) fn settings(window: u32) -> Vec<u8> {
    const ANY_TYPE: u32 = 0;
    const MOST_WORDS: u32 = 1 << 16;
    let numbers = [window, RESOURCE_MANAGER, ANY_TYPE, 0, MOST_WORDS];
    request(GET_PROPERTY, 0, &numbers)
}

/// The text of the answer to [`settings`].
pub(super) fn text_of(answer: &[u8]) -> Option<&str> {
    let length = u32_at(answer, 16)? as usize;
    std::str::from_utf8(answer.get(32..)?.get(..length)?).ok()
}

pub(super) fn extension(name: &str) -> Vec<u8> {
    let padded = padded(name.as_bytes());
    let words = 2 + (padded.len() / 4) as u16;
    let mut request = vec![QUERY_EXTENSION, 0];
    for number in [words, name.len() as u16, 0] {
        request.extend(number.to_le_bytes());
    }
    request.extend(padded);
    request
}

/// The extension's own code, if the server has it.
pub(super) fn code_of(answer: &[u8]) -> Option<u8> {
    (*answer.get(8)? == 1).then(|| answer[9])
}

pub(super) fn randr_version(code: u8) -> Vec<u8> {
    request(code, 0, &[1, 5])
}

pub(super) fn monitors(code: u8, window: u32) -> Vec<u8> {
    const ACTIVE_ONLY: u32 = 1;
    request(code, GET_MONITORS, &[window, ACTIVE_ONLY])
}

/// The sizes in the answer to [`monitors`].
pub(super) fn sizes_of(answer: &[u8]) -> Vec<(u64, u64)> {
    let mut rest = answer.get(32..).unwrap_or_default();
    let mut sizes = Vec::new();
    while let Some(outputs) = u16_at(rest, 6) {
        let (Some(width), Some(height)) = (u16_at(rest, 12), u16_at(rest, 14)) else {
            break;
        };
        sizes.push((width.into(), height.into()));
        rest = rest.get(MONITOR + 4 * usize::from(outputs)..).unwrap_or_default();
    }
    sizes
}

fn request(code: u8, detail: u8, numbers: &[u32]) -> Vec<u8> {
    let mut request = vec![code, detail];
    request.extend((1 + numbers.len() as u16).to_le_bytes());
    request.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    request
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(bytes.len().next_multiple_of(4), 0);
    padded
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
