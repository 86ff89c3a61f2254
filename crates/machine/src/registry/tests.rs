//! Against the registry of this computer, below a key of the tests' own.

use super::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// A key that goes with the test.
struct Place(String);

impl Place {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("toolcrib-test-registry-{}-{number}", std::process::id());
        Self(format!(r"{PERSON}\Software\{name}"))
    }

    fn below(&self, name: &str) -> String {
        format!(r"{}\{name}", self.0)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let below = self.0.trim_start_matches(PERSON).trim_start_matches('\\');
        let _ = windows_registry::CURRENT_USER.remove_tree(below);
    }
}

#[test]
fn a_value_is_set_and_what_was_there_before_comes_back() {
    let place = Place::new();
    let theirs = [
        None,
        Some(Content::Text("theirs".to_owned())),
        Some(Content::Template("%A% ü".to_owned())),
        Some(Content::Other {
            kind: 1,
            bytes: b"a\0".to_vec(),
        }),
        Some(Content::Other {
            kind: 4,
            bytes: vec![1, 0, 0, 0],
        }),
    ];
    let ours = Content::Text("ours".to_owned());
    for (before, number) in theirs.into_iter().zip(0..) {
        let name = format!("value {number}");
        if let Some(before) = &before {
            set(&place.0, &name, before).expect("theirs");
        }
        let found = read(&place.0, &name).expect("read");
        assert_eq!(found, before);
        for _ in 0..2 {
            set(&place.0, &name, &ours).expect("ours");
            assert_eq!(read(&place.0, &name).expect("read").as_ref(), Some(&ours));
        }
        for _ in 0..2 {
            restore(&place.0, &name, &ours, found.as_ref()).expect("restored");
            assert_eq!(read(&place.0, &name).expect("read"), before);
        }
    }
}

#[test]
fn what_somebody_wrote_since_stays() {
    let place = Place::new();
    let (ours, theirs) = (
        Content::Text("ours".to_owned()),
        Content::Text("theirs".to_owned()),
    );
    set(&place.0, "", &ours).expect("ours");
    set(&place.0, "", &theirs).expect("theirs");
    restore(&place.0, "", &ours, None).expect("restored");
    assert_eq!(read(&place.0, "").expect("read"), Some(theirs));
}

#[test]
fn an_entry_comes_and_goes_and_the_list_keeps_its_kind() {
    let place = Place::new();
    let lists = [
        None,
        Some(Content::Text(r"C:\a".to_owned())),
        Some(Content::Template(r"%A%\b;".to_owned())),
    ];
    for (before, number) in lists.into_iter().zip(0..) {
        let name = format!("list {number}");
        if let Some(before) = &before {
            set(&place.0, &name, before).expect("theirs");
        }
        add_entry(&place.0, &name, r"D:\draft").expect("added");
        let added = read(&place.0, &name).expect("read");
        add_entry(&place.0, &name, r"D:\draft").expect("again");
        assert_eq!(read(&place.0, &name).expect("read"), added);
        match (&before, &added) {
            (Some(Content::Text(_)), Some(Content::Text(list)))
            | (None | Some(Content::Template(_)), Some(Content::Template(list))) => {
                assert!(list.starts_with(r"D:\draft"), "{list}")
            }
            other => panic!("{other:?}"),
        }
        for _ in 0..2 {
            remove_entry(&place.0, &name, r"D:\draft").expect("removed");
            assert_eq!(read(&place.0, &name).expect("read"), before);
        }
    }
    let number = Content::Other {
        kind: 4,
        bytes: vec![1, 0, 0, 0],
    };
    set(&place.0, "no list", &number).expect("theirs");
    add_entry(&place.0, "no list", "x").expect_err("refused");
    assert_eq!(read(&place.0, "no list").expect("read"), Some(number));
}

#[test]
fn a_key_goes_only_while_nothing_is_in_it() {
    let place = Place::new();
    let (outer, inner) = (place.below("outer"), place.below(r"outer\inner"));
    assert!(!has_key(&outer).expect("told"));
    make_key(&inner).expect("made");
    make_key(&inner).expect("again");
    remove_empty_key(&outer).expect("left");
    assert!(has_key(&inner).expect("told"), "a key with a key in it stays");
    set(&inner, "", &Content::Text(String::new())).expect("set");
    remove_empty_key(&inner).expect("left");
    assert!(has_key(&inner).expect("told"), "a key with a value in it stays");
    restore(&inner, "", &Content::Text(String::new()), None).expect("restored");
    for key in [&inner, &outer, &outer] {
        remove_empty_key(key).expect("removed");
        assert!(!has_key(key).expect("told"));
    }
}

#[test]
fn what_is_not_the_persons_is_read_and_not_changed() {
    let windows = format!(r"{COMPUTER}\Software\Microsoft\Windows");
    assert!(has_key(&windows).expect("told"));
    for key in [windows.as_str(), PERSON, r"HKEY_CURRENT_USER\", "Software"] {
        make_key(key).expect_err(key);
        remove_empty_key(key).expect_err(key);
        set(key, "toolcrib-test", &Content::Text(String::new())).expect_err(key);
    }
}

#[test]
fn programs_are_told_of_variables_and_classes() {
    // Nobody answers here; telling must not fail, hang or change anything.
    let key = format!(r"{PERSON}\Environment");
    let (name, ours) = (
        format!("TOOLCRIB_TEST_{}", std::process::id()),
        Content::Text("x".to_owned()),
    );
    set(&key, &name, &ours).expect("set");
    restore(&key, &name, &ours, None).expect("restored");
    assert_eq!(read(&key, &name).expect("read"), None);
}
