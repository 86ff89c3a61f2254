//! How values of the vocabulary stand in columns: words and ids as text, times as microseconds.

use crate::error::Error;
use jiff::Timestamp;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::any::type_name;
use toolcrib_model::Digest;

/// A value of the vocabulary that is stored as the text the API writes it as: ids, roles, platforms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word<T>(pub T);

impl<T: DeserializeOwned> TryFrom<String> for Word<T> {
    type Error = Error;
    fn try_from(raw: String) -> Result<Self, Error> {
        let text: StrDeserializer<'_, ValueError> = raw.as_str().into_deserializer();
        let word = T::deserialize(text);
        word.map(Self).map_err(|_| Error::StoredValue {
            kind: type_name::<T>(),
            value: raw,
        })
    }
}

/// The text under which `value` is stored.
pub fn text<T: serde::Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        // Only values that are words are ever stored this way; anything else is kept readable.
        other => other.map(|value| value.to_string()).unwrap_or_default(),
    }
}

/// A time that is stored as microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Micros(pub Timestamp);

impl TryFrom<i64> for Micros {
    type Error = Error;
    fn try_from(raw: i64) -> Result<Self, Error> {
        let time = Timestamp::from_microsecond(raw);
        time.map(Self).map_err(|_| Error::StoredValue {
            kind: "a time",
            value: raw.to_string(),
        })
    }
}

/// The number under which `time` is stored.
pub fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// A count that is stored as a signed number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count(pub u32);

impl TryFrom<i64> for Count {
    type Error = Error;
    fn try_from(raw: i64) -> Result<Self, Error> {
        raw.try_into().map(Self).map_err(|_| Error::StoredValue {
            kind: "a count",
            value: raw.to_string(),
        })
    }
}

/// The text under which a digest is stored.
pub fn digest(digest: &Digest) -> String {
    digest.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_model::{Platform, Role};

    #[test]
    fn words_are_read_back_from_what_was_stored() {
        assert_eq!(
            Word::try_from(text(&Role::NamedCaller)).expect("a role"),
            Word(Role::NamedCaller)
        );
        assert_eq!(
            Word::try_from(text(&Platform::Any)).expect("a platform"),
            Word(Platform::Any)
        );
        assert!(Word::<Role>::try_from("janitor".to_owned()).is_err());
    }

    #[test]
    fn times_keep_their_microseconds() {
        let time: Timestamp = "2026-11-21T19:19:58.815324Z".parse().expect("a time");
        assert_eq!(Micros::try_from(micros(time)).expect("in range"), Micros(time));
        assert!(Micros::try_from(i64::MAX).is_err());
    }
}
