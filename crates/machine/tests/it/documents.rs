//! Stored documents are never silently forgotten.

use crate::child::folder;
use serde::{Deserialize, Serialize};
use toolcrib_machine::{Error, files};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Document {
    schema: u32,
    words: Vec<String>,
}

#[test]
fn a_document_is_read_as_it_was_stored() {
    let (_folder, place) = folder();
    let path = place.join("state.json");
    assert_eq!(files::load_json::<Document>(&path, 1).expect("asked"), None);
    let document = Document {
        schema: 1,
        words: vec!["crib".to_owned()],
    };
    files::store_json(&path, &document).expect("stored");
    assert_eq!(files::load_json(&path, 1).expect("loaded"), Some(document));
}

#[test]
fn of_changes_at_the_same_time_none_is_lost_and_nothing_is_written_for_none() {
    let (_folder, place) = folder();
    let path = place.join("numbers.json");
    let add = |number: u32| {
        let changed = files::change_json(&path, 1, |numbers: &mut Vec<u32>| numbers.push(number));
        assert!(changed.expect("changed"));
    };
    std::thread::scope(|scope| {
        for number in 0..8 {
            scope.spawn(move || add(number));
        }
    });
    let mut numbers: Vec<u32> = files::load_json(&path, 1).expect("read").expect("there");
    numbers.sort_unstable();
    assert_eq!(numbers, [0, 1, 2, 3, 4, 5, 6, 7]);
    let nothing = place.join("nothing.json");
    let changed = files::change_json(&nothing, 1, |_: &mut Vec<u32>| ());
    assert!(!changed.expect("asked") && !nothing.exists());
}

#[test]
fn a_damaged_document_is_kept_aside_and_named() {
    let (_folder, place) = folder();
    let path = place.join("state.json");
    for text in ["", "{", r#"{"schema":1,"words":7}"#, "\0\0\0\0"] {
        std::fs::write(&path, text).expect("written");
        let error = files::load_json::<Document>(&path, 1).expect_err("damaged");
        let Error::Corrupt {
            path: named, aside, ..
        } = error
        else {
            panic!("{error}")
        };
        assert_eq!(named, path);
        assert_eq!(std::fs::read_to_string(aside).expect("kept"), text);
        assert_eq!(files::load_json::<Document>(&path, 1).expect("asked"), None);
    }
}

#[test]
fn a_document_of_a_newer_program_stays_where_it_is() {
    let (_folder, place) = folder();
    let path = place.join("state.json");
    let text = r#"{"schema":2,"sentences":[]}"#;
    std::fs::write(&path, text).expect("written");
    let error = files::load_json::<Document>(&path, 1).expect_err("newer");
    assert!(
        matches!(
            error,
            Error::NewerDocument {
                found: 2,
                known: 1,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(&path).expect("there"), text);
}
