//! A text for people in one language or several.

use crate::Language;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text for people: plain, or by language. Written as a string, or as an object from language tag to string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum LocalText {
    /// One text for everybody.
    Plain(String),
    /// One for each language.
    Several(BTreeMap<Language, String>),
}

impl LocalText {
    /// The text for a reader of `wanted`: in that very language, else in a form of it (`de` for `de-AT` and the other
    /// way round), else in English, else the first there is.
    pub fn for_reader(&self, wanted: &Language) -> &str {
        let texts = match self {
            Self::Plain(text) => return text,
            Self::Several(texts) => texts,
        };
        let close = |tag: &str| {
            let found = texts.iter().find(|(language, _)| language.is_form_of(tag));
            found.map(|(_, text)| text)
        };
        texts
            .get(wanted)
            .or_else(|| close(wanted.primary()))
            .or_else(|| close("en"))
            .or_else(|| texts.values().next())
            .map_or("", String::as_str)
    }

    /// Every text there is.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let (plain, several) = match self {
            Self::Plain(text) => (Some(text), None),
            Self::Several(texts) => (None, Some(texts)),
        };
        let several = several.into_iter().flat_map(BTreeMap::values);
        plain.into_iter().chain(several).map(String::as_str)
    }
}

impl From<&str> for LocalText {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for LocalText {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(wanted: &str) -> String {
        let text: LocalText =
            serde_json::from_str(r#"{"de":"Speicher","en":"Memory","pt-BR":"Memória"}"#).expect("texts");
        text.for_reader(&wanted.parse().expect("a tag")).to_owned()
    }

    #[test]
    fn a_reader_gets_the_nearest_language() {
        for (wanted, expected) in [
            ("de", "Speicher"),
            ("de-AT", "Speicher"),
            ("pt", "Memória"),
            ("fr", "Memory"),
            ("EN", "Memory"),
        ] {
            assert_eq!(check(wanted), expected, "{wanted}");
        }
    }

    #[test]
    fn without_english_the_first_text_serves() {
        let text: LocalText = serde_json::from_str(r#"{"fr":"Mémoire","it":"Memoria"}"#).expect("texts");
        assert_eq!(text.for_reader(&"ja".parse().expect("a tag")), "Mémoire");
    }

    #[test]
    fn a_plain_text_is_written_as_it_was() {
        let text: LocalText = serde_json::from_str(r#""Memory""#).expect("a text");
        assert_eq!(serde_json::to_string(&text).expect("written"), r#""Memory""#);
    }
}
