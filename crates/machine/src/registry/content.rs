//! What a value of the registry holds.

/// What a value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// A text with names of variables in it, which stand for their values.
    Template(String),
    /// Anything else, as the system keeps it.
    Other {
        /// The system's number of the kind.
        kind: u32,
        /// All of it.
        bytes: Vec<u8>,
    },
}

/// The system's numbers of the two kinds of text.
const TEXT: u32 = 1;
const TEMPLATE: u32 = 2;

impl Content {
    /// What the system told. A text that could not be written again exactly as it is counts as anything else.
    pub(super) fn of(kind: u32, bytes: Vec<u8>) -> Self {
        match (kind, text_of(&bytes)) {
            (TEXT, Some(text)) => Self::Text(text),
            (TEMPLATE, Some(text)) => Self::Template(text),
            _ => Self::Other { kind, bytes },
        }
    }

    pub(super) const fn kind(&self) -> u32 {
        match self {
            Self::Text(_) => TEXT,
            Self::Template(_) => TEMPLATE,
            Self::Other { kind, .. } => *kind,
        }
    }

    /// As the system keeps it: a text is ended by a zero.
    pub(super) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(text) | Self::Template(text) => text
                .encode_utf16()
                .chain([0])
                .flat_map(u16::to_le_bytes)
                .collect(),
            Self::Other { bytes, .. } => bytes.clone(),
        }
    }
}

/// The text, if it is ended by its only zero and valid.
fn text_of(bytes: &[u8]) -> Option<String> {
    let (pairs, []) = bytes.as_chunks::<2>() else {
        return None;
    };
    let units: Vec<u16> = pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    let (0, text) = units.split_last()? else {
        return None;
    };
    String::from_utf16(text).ok().filter(|_| !text.contains(&0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_content_is_written_again_exactly_as_it_was_told() {
        let told: [(u32, &[u8]); 7] = [
            (1, b"a\0b\0\0\0"),
            (2, b"%\0A\0%\0\0\0"),
            (1, b""),
            (1, b"a\0"),
            (1, b"a\0\0\0\0\0"),
            (2, b"\x00\xd8\0\0"),
            (4, b"\x01\0\0\0"),
        ];
        for (kind, bytes) in told {
            let content = Content::of(kind, bytes.to_vec());
            assert_eq!((content.kind(), content.bytes().as_slice()), (kind, bytes));
        }
        assert_eq!(
            Content::of(1, b"a\0b\0\0\0".to_vec()),
            Content::Text("ab".to_owned())
        );
        assert_eq!(Content::of(2, b"\0\0".to_vec()), Content::Template(String::new()));
        assert!(matches!(Content::of(1, b"a\0".to_vec()), Content::Other { .. }));
    }
}
