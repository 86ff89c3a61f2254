//! Schema numbers: every stored document says which shape it has.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The number of a document's shape. A reader that knows `N` refuses anything else, by name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Schema<const N: u32>;

impl<const N: u32> Serialize for Schema<N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(N)
    }
}

impl<'de, const N: u32> Deserialize<'de> for Schema<N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u32::deserialize(from)? {
            found if found == N => Ok(Self),
            found => Err(de::Error::custom(format_args!(
                "schema {found} is not known here (this program knows {N}); update Toolcrib"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_schema_number_is_refused_with_both_numbers() {
        assert!(serde_json::from_str::<Schema<1>>("1").is_ok());
        let refusal = serde_json::from_str::<Schema<1>>("2")
            .expect_err("unknown")
            .to_string();
        assert!(refusal.contains('2') && refusal.contains('1'), "{refusal}");
    }
}
