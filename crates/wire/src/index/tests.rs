use super::*;

fn index() -> Index {
    let file = |path: &str, content: &[u8]| File {
        path: path.parse().expect("a path"),
        size: content.len() as u64,
        sha256: Digest::of(content),
        at: 0,
        executable: false,
    };
    Index {
        schema: Schema,
        cutter: "none".to_owned(),
        components: vec![ComponentTree {
            id: "core".parse().expect("an id"),
            folders: vec![],
            links: vec![],
            files: vec![file("b", b"two"), file("a", b"one")],
        }],
        chunks: vec![],
    }
}

#[test]
fn an_index_is_read_back_from_its_stored_form() {
    let stored = index().to_stored().expect("stored");
    assert_eq!(Index::from_stored(&stored).expect("read"), index());
}

#[test]
fn an_index_that_unpacks_to_more_than_it_may_is_refused() {
    let mut bomb = br#"{"schema":1,"cutter":""#.to_vec();
    bomb.resize(MAX_INDEX_BYTES as usize, b'0');
    bomb.extend(br#"","components":[],"chunks":[]}"#);
    let stored = zstd::bulk::compress(&bomb, 1).expect("stored");
    assert!(stored.len() < 1 << 20);
    assert!(matches!(Index::from_stored(&stored), Err(BadIndex::TooLarge)));
}

#[test]
fn an_index_that_refers_too_far_back_is_refused() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
    encoder.window_log(27).expect("a window");
    let json = serde_json::to_vec(&index()).expect("JSON");
    io::Write::write_all(&mut encoder, &json).expect("written");
    let stored = encoder.finish().expect("stored");
    assert!(matches!(
        Index::from_stored(&stored),
        Err(BadIndex::Decompress(_))
    ));
}

#[test]
fn a_second_document_behind_the_index_is_refused() {
    let mut json = serde_json::to_vec(&index()).expect("JSON");
    json.extend_from_slice(b"{}");
    let stored = zstd::bulk::compress(&json, 1).expect("stored");
    assert!(matches!(Index::from_stored(&stored), Err(BadIndex::Parse(_))));
}

#[test]
fn the_files_of_a_component_are_named_in_whatever_order_they_stand() {
    let mut other = index();
    other.components[0].files.reverse();
    let lines = format!("{}  a\n{}  b\n", Digest::of(b"one"), Digest::of(b"two"));
    assert_eq!(other.components[0].files_digest(), Digest::of(lines.as_bytes()));
    assert_eq!(
        index().components[0].files_digest(),
        other.components[0].files_digest()
    );
}
