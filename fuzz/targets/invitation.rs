//! Links of the portal and files that were saved there: what is read can be written and read again, and shows no token.

#![no_main]

use toolcrib_wire::invitation::Invitation;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(read) = Invitation::from_file(bytes) {
        assert_eq!(read.hand_over, None);
        check(&read);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match text.parse::<Invitation>() {
        Ok(read) => check(&read),
        // A token is never repeated in what is said of a bad link.
        Err(bad) => assert!(!bad.to_string().contains("tch_")),
    }
});

fn check(read: &Invitation) {
    assert!(matches!(read.server.scheme(), "http" | "https"));
    assert!(read.server.username().is_empty() && read.server.query().is_none());
    if let Ok(again) = read.link().parse::<Invitation>() {
        assert_eq!(again, *read);
    }
    if let Some(token) = &read.hand_over {
        assert!(!format!("{read:?}").contains(token.expose()));
    }
}
