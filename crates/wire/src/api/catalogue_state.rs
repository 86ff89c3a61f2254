//! The newest state of the catalogue in one answer: what a client would otherwise ask for file by file, each file named by
//! the one before it.
//!
//! Nothing in it is believed because it came so: each file is judged as if it had come alone.

use crate::schema::Schema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toolcrib_model::Digest;

/// The most bytes of files in one answer.
pub const MAX_STATE_BYTES: u64 = 4 << 20;
/// The most files that a client says it holds.
pub const MAX_HELD: usize = 8;

/// The query of `GET /catalogue/state`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The digests of what the client holds already, a comma between two: its newest root, snapshot, targets, listing.
    #[serde(default)]
    pub held: String,
}

/// `GET /catalogue/state`: the files of the newest state that the client does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CatalogueState {
    /// The number of this shape.
    #[cfg_attr(feature = "openapi", schema(value_type = u32))]
    pub schema: Schema<1>,
    /// The number of the newest root: none after it need be asked for.
    pub newest_root: u64,
    /// The files by their path below `/catalogue/`, as text, byte for byte. One that is missing has to be asked for.
    pub files: BTreeMap<String, String>,
}

impl Held {
    /// What is held.
    pub fn of(digests: impl IntoIterator<Item = Digest>) -> Self {
        let digests = digests.into_iter().take(MAX_HELD);
        let texts: Vec<_> = digests.map(|digest| digest.to_string()).collect();
        Self {
            held: texts.join(","),
        }
    }

    /// The digests; `None` where they are not well formed, or too many.
    pub fn digests(&self) -> Option<Vec<Digest>> {
        let texts = self.held.split(',').filter(|text| !text.is_empty());
        let digests: Vec<_> = texts.map(|text| text.parse().ok()).collect::<Option<_>>()?;
        (digests.len() <= MAX_HELD).then_some(digests)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_read_as_it_was_written() {
        let held = [Digest::of(b"root"), Digest::of(b"listing")];
        assert_eq!(Held::of(held).digests(), Some(held.to_vec()));
        assert_eq!(Held::default().digests(), Some(Vec::new()));
    }

    #[test]
    fn what_is_no_digest_or_one_too_many_is_refused() {
        let held = |text: &str| Held {
            held: text.to_owned(),
        };
        assert_eq!(held("root").digests(), None);
        let many = vec![Digest::of(b"root").to_string(); MAX_HELD + 1];
        assert_eq!(held(&many.join(",")).digests(), None);
    }
}
