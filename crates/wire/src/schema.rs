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

/// Reads every shape from 1 up to `N`, for a shape that has only ever grown; it is written as `N`.
///
/// # Errors
/// Where the number is none of these.
pub fn any_up_to<'de, D: Deserializer<'de>, const N: u32>(from: D) -> Result<Schema<N>, D::Error> {
    match u32::deserialize(from)? {
        found if (1..=N).contains(&found) => Ok(Schema),
        found => Err(de::Error::custom(format_args!(
            "schema {found} is not known here (this program knows 1 to {N}); update Toolcrib"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_that_only_grew_is_read_from_its_first_number_on() {
        let read = |text: &str| any_up_to::<_, 2>(&mut serde_json::Deserializer::from_str(text));
        assert!(read("1").is_ok() && read("2").is_ok());
        assert!(read("0").is_err() && read("3").is_err());
    }

    #[test]
    fn another_schema_number_is_refused_with_both_numbers() {
        assert!(serde_json::from_str::<Schema<1>>("1").is_ok());
        let refusal = serde_json::from_str::<Schema<1>>("2")
            .expect_err("unknown")
            .to_string();
        assert!(refusal.contains('2') && refusal.contains('1'), "{refusal}");
    }
}
