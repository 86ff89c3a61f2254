//! Values with a type, as the registry of Windows and property lists have them.

use std::collections::BTreeMap;

/// Keys with their values, by name.
pub type Written = BTreeMap<String, Typed>;

/// A value with a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// Yes or no.
    Flag(bool),
    /// A whole number that is not negative.
    Number(u64),
    /// A text.
    Text(String),
    /// Several values, in their order.
    List(Vec<Typed>),
    /// Values with names: a dictionary, or a key of the registry.
    Table(Written),
    /// A value of a type that no policy has; its name.
    Foreign(String),
}

/// The types of the registry that a policy's values may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistryType {
    /// `REG_SZ` and `REG_EXPAND_SZ`; what is to be expanded stays as it is written.
    Text,
    /// `REG_MULTI_SZ`.
    Texts,
    /// `REG_DWORD`.
    Number32,
    /// `REG_QWORD`.
    Number64,
    /// Any other, by its number.
    Other(u32),
}

impl RegistryType {
    /// The type of that number (`winnt.h`).
    pub const fn of(number: u32) -> Self {
        match number {
            1 | 2 => Self::Text,
            4 => Self::Number32,
            7 => Self::Texts,
            11 => Self::Number64,
            other => Self::Other(other),
        }
    }
}

impl Typed {
    /// A value of the registry by its type and its bytes. Texts are UTF-16 and may or may not end with a zero.
    pub fn of_registry(kind: RegistryType, bytes: &[u8]) -> Self {
        let read = match kind {
            RegistryType::Text => text(bytes).map(Self::Text),
            RegistryType::Texts => texts(bytes).map(Self::List),
            RegistryType::Number32 => bytes
                .try_into()
                .ok()
                .map(|bytes| Self::Number(u32::from_le_bytes(bytes).into())),
            RegistryType::Number64 => bytes
                .try_into()
                .ok()
                .map(|bytes| Self::Number(u64::from_le_bytes(bytes))),
            RegistryType::Other(number) => Some(Self::Foreign(format!("a value of the type {number}"))),
        };
        read.unwrap_or_else(|| Self::Foreign("a damaged value".to_owned()))
    }
}

fn text(bytes: &[u8]) -> Option<String> {
    let whole = wide(bytes)?;
    Some(whole.trim_end_matches('\0').to_owned())
}

/// One text after the other, each ended by a zero, and an empty one at the end.
fn texts(bytes: &[u8]) -> Option<Vec<Typed>> {
    let whole = wide(bytes)?;
    let each = whole.split('\0').filter(|text| !text.is_empty());
    Some(each.map(|text| Typed::Text(text.to_owned())).collect())
}

fn wide(bytes: &[u8]) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn read(number: u32, bytes: &[u8]) -> Typed {
        Typed::of_registry(RegistryType::of(number), bytes)
    }

    #[test]
    fn values_of_the_registry_are_what_their_type_says() {
        assert_eq!(read(1, &utf16("déjà\0")), Typed::Text("déjà".to_owned()));
        assert_eq!(read(2, &utf16("%X%")), Typed::Text("%X%".to_owned()));
        assert_eq!(read(4, &[1, 2, 0, 0]), Typed::Number(513));
        assert_eq!(read(11, &[0, 0, 0, 0, 1, 0, 0, 0]), Typed::Number(1 << 32));
        let both = ["a", "b"].map(|text| Typed::Text(text.to_owned()));
        assert_eq!(read(7, &utf16("a\0b\0\0")), Typed::List(both.to_vec()));
    }

    #[test]
    fn what_no_policy_has_and_what_is_damaged_is_never_taken_for_a_value() {
        for (number, bytes) in [
            (3, [0; 4].as_slice()),
            (4, &[1]),
            (11, &[1; 9]),
            (1, &[65]),
            (7, &[0, 0xd8]),
        ] {
            let found = read(number, bytes);
            assert!(matches!(found, Typed::Foreign(_)), "{number}: {found:?}");
        }
    }
}
