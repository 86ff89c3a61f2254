use super::*;
use camino::Utf8Path;
use std::io::Read as _;
use zip::ZipArchive;

fn redaction() -> Redaction {
    Redaction::here(Utf8Path::new("/srv/uma/toolcrib"))
}

#[test]
fn what_identifies_a_person_or_opens_a_door_is_taken_out() {
    let table = [
        (
            "could not write /srv/uma/toolcrib/jobs",
            "could not write (home of toolcrib)/jobs",
        ),
        ("asked as uma@smith.example, twice", "asked as (a person), twice"),
        ("lease v4.public.eyJzY2hlbWEiOjF9 kept", "lease (removed) kept"),
        (
            "Bearer 0123456789012345678901234567890123456789abcd",
            "Bearer (removed)",
        ),
        ("  \"serial\": \"123-45678901\",", "  \"serial\": \"(removed)\","),
        (
            "  \"access_token\": \"short\"",
            "  \"access_token\": \"(removed)\",",
        ),
        ("job.id=zig-1 duration_ms=12", "job.id=zig-1 duration_ms=12"),
        (
            "ends at 2026-06-01T12:00:00Z (4 days)",
            "ends at 2026-06-01T12:00:00Z (4 days)",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(redaction().of(text), format!("{expected}\n"));
    }
}

#[test]
fn a_bundle_is_a_zip_file_of_redacted_texts() {
    let entries = vec![Entry {
        name: "toolcrib.log".to_owned(),
        text: "sent by carl@smith.example\n".to_owned(),
    }];
    let (names, bytes) = pack(&redaction(), entries).expect("packed");
    assert_eq!(names, ["toolcrib.log"]);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip file");
    let mut text = String::new();
    zip.by_index(0)
        .expect("an entry")
        .read_to_string(&mut text)
        .expect("read");
    assert_eq!(text, "sent by (a person)\n");
}
