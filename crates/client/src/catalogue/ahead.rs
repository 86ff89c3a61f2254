//! What came ahead: the files of the newest state that the account service gives in one answer, so that a server that is
//! far away is not asked for one after the other. Each is judged as if it had been asked for alone.

use bytes::Bytes;
use std::collections::BTreeMap;
use toolcrib_model::Digest;
use toolcrib_trust::catalogue::{Role, Trusted};
use toolcrib_wire::api::catalogue_state::{CatalogueState, Held};

/// Files that came before they were asked for.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    files: BTreeMap<String, Bytes>,
    newest_root: Option<u64>,
}

/// What is known of a file that is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It came.
    Here(Bytes),
    /// The service says that there is none, as it would by a 404.
    Absent,
    /// Nothing: it has to be asked for.
    Unknown,
}

impl Ahead {
    /// What an answer brought; nothing, where it is not such an answer.
    pub(super) fn read(answer: &[u8]) -> Self {
        match serde_json::from_slice::<CatalogueState>(answer) {
            Ok(state) => Self {
                files: state
                    .files
                    .into_iter()
                    .map(|(path, text)| (path, text.into()))
                    .collect(),
                newest_root: Some(state.newest_root),
            },
            Err(error) => {
                tracing::debug!(%error, "the state of the catalogue cannot be read; its files are asked for");
                Self::default()
            }
        }
    }

    /// What is known of the file at `path` below `/catalogue/`, of which at most `max` bytes are wanted.
    pub(super) fn find(&self, path: &str, max: u64) -> Known {
        match self.files.get(path) {
            Some(bytes) if bytes.len() as u64 <= max => Known::Here(bytes.clone()),
            None if self.is_past_the_newest_root(path) => Known::Absent,
            Some(_) | None => Known::Unknown,
        }
    }

    fn is_past_the_newest_root(&self, path: &str) -> bool {
        let number = path
            .strip_prefix("metadata/")
            .and_then(|name| name.strip_suffix(".root.json"));
        let number = number.and_then(|number| number.parse::<u64>().ok());
        number
            .zip(self.newest_root)
            .is_some_and(|(asked, newest)| asked > newest)
    }
}

/// What need not come: the files of the newest state that was seen, and the listing that is remembered. The timestamp is
/// asked for at each refresh, and is small.
pub(super) fn held(known: Option<&Trusted>, listing: Option<Digest>) -> Held {
    let file = |role| known.and_then(|known| known.seen().file(role));
    let files = [Role::Root, Role::Targets, Role::Snapshot]
        .into_iter()
        .filter_map(file);
    Held::of(files.map(|bytes| Digest::of(bytes)).chain(listing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ahead() -> Ahead {
        Ahead::read(br#"{"schema":1,"newest_root":2,"files":{"metadata/timestamp.json":"{}","metadata/2.root.json":"[]"}}"#)
    }

    #[test]
    fn what_came_is_taken_and_what_did_not_come_is_asked_for() {
        let find = |path| ahead().find(path, 2);
        assert_eq!(
            find("metadata/timestamp.json"),
            Known::Here(Bytes::from_static(b"{}"))
        );
        assert_eq!(
            find("metadata/2.root.json"),
            Known::Here(Bytes::from_static(b"[]"))
        );
        assert_eq!(find("metadata/9.snapshot.json"), Known::Unknown);
        assert_eq!(find("metadata/1.root.json"), Known::Unknown);
    }

    #[test]
    fn no_root_after_the_newest_is_asked_for() {
        assert_eq!(ahead().find("metadata/3.root.json", 9), Known::Absent);
        assert_eq!(Ahead::default().find("metadata/3.root.json", 9), Known::Unknown);
    }

    #[test]
    fn what_is_longer_than_it_may_be_is_left_to_whoever_asks_for_it() {
        assert_eq!(ahead().find("metadata/timestamp.json", 1), Known::Unknown);
    }

    #[test]
    fn an_answer_that_is_something_else_brings_nothing() {
        for answer in [
            "",
            "<!doctype html>",
            r#"{"schema":2,"newest_root":1,"files":{}}"#,
            r#"{"files":[]}"#,
        ] {
            assert_eq!(
                Ahead::read(answer.as_bytes()).find("metadata/3.root.json", 9),
                Known::Unknown,
                "{answer}"
            );
        }
    }
}
