//! The words of the program: English is built in, other languages are packs that a person may install.
//!
//! A pack is `languages/<tag>.txt` with lines `key = words`; a key that it lacks is told in English.

use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use thiserror::Error;

/// The built-in words. Every pack has the same keys.
const ENGLISH: &str = include_str!("language/en.txt");

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words(BTreeMap<String, String>);

/// The language cannot be used.
#[derive(Debug, Error)]
#[error(
    "the language `{tag}` is not installed: there is no `{path}`; install the component `language-{tag}`"
)]
pub(crate) struct NotInstalled {
    tag: String,
    path: Utf8PathBuf,
}

impl Words {
    /// The words of `tag`, from the packs in `folder`; without a tag the built-in ones.
    pub(crate) fn of(tag: Option<&str>, folder: &Utf8Path) -> Result<Self, NotInstalled> {
        let mut words = read(ENGLISH);
        if let Some(tag) = tag.filter(|tag| *tag != "en") {
            let path = folder.join(format!("{}.txt", plain(tag)));
            let missing = |_| NotInstalled {
                tag: plain(tag),
                path: path.clone(),
            };
            words.extend(read(&std::fs::read_to_string(&path).map_err(missing)?));
        }
        Ok(Self(words))
    }

    /// The words for `key`.
    pub(crate) fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }
}

/// A tag has letters, digits and `-` only, so it can name nothing but a pack.
fn plain(tag: &str) -> String {
    tag.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(35)
        .collect()
}

fn read(pack: &str) -> BTreeMap<String, String> {
    let pair = |line: &str| {
        line.split_once(" = ")
            .map(|(key, words)| (key.trim().to_owned(), words.trim().to_owned()))
    };
    pack.lines().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pack_has_the_keys_of_the_built_in_words() {
        let keys = |pack: &str| read(pack).into_keys().collect::<Vec<_>>();
        assert_eq!(keys(include_str!("language/de.txt")), keys(ENGLISH));
    }

    #[test]
    fn a_pack_speaks_and_what_is_not_there_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(folder.path()).expect("a UTF-8 path");
        std::fs::write(folder.join("de.txt"), "licence = Lizenz\n").expect("written");
        let words = Words::of(Some("de"), folder).expect("installed");
        assert_eq!((words.say("licence"), words.say("until")), ("Lizenz", "until"));
        assert!(
            Words::of(Some("fr"), folder)
                .expect_err("missing")
                .to_string()
                .contains("language-fr")
        );
        assert!(Words::of(Some("../../etc/passwd"), folder).is_err());
        assert_eq!(
            Words::of(None, folder).expect("built in").say("licence"),
            "licence"
        );
    }
}
