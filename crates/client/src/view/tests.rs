use super::bindings::declarations;

const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/api/native.gen.ts");

#[test]
fn the_bindings_of_the_pages_are_those_of_the_views() {
    let current = declarations();
    if std::env::var_os("TOOLCRIB_WRITE_BINDINGS").is_some() {
        fs_err::write(PLACE, &current).expect("the pages' folder is writable");
    }
    let written = fs_err::read_to_string(PLACE).expect("the bindings are written");
    assert_eq!(
        written, current,
        "run TOOLCRIB_WRITE_BINDINGS=1 cargo test -p toolcrib-client bindings"
    );
}

#[test]
fn byte_counts_are_numbers_and_unions_closed() {
    let text = declarations();
    assert!(text.contains("done_bytes: number"), "{text}");
    assert!(text.contains(r#"export type JobState = "queued" |"#), "{text}");
    assert!(!text.contains("bigint"), "{text}");
}
