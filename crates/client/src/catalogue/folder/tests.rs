use super::*;

struct World {
    _folder: tempfile::TempDir,
    parts: Utf8PathBuf,
}

/// A folder with these files below `catalogue/`.
fn world(files: &[(&str, &str)]) -> World {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("a UTF-8 path");
    let parts = root.join("parts");
    for (name, text) in files {
        let place = parts.join(CATALOGUE).join(name);
        fs_err::create_dir_all(place.parent().expect("a folder")).expect("made");
        fs_err::write(place, text).expect("written");
    }
    World {
        _folder: folder,
        parts,
    }
}

const TIMESTAMP: (&str, &str) = ("metadata/timestamp.json", "t");

#[test]
fn a_folder_without_a_timestamp_has_no_catalogue() {
    assert!(FolderSource::beside(&world(&[("metadata/1.root.json", "r")]).parts).is_none());
    assert!(FolderSource::beside(&world(&[TIMESTAMP]).parts).is_some());
}

#[test]
fn the_newest_root_is_the_one_with_the_highest_number() {
    let world = world(&[
        TIMESTAMP,
        ("metadata/9.root.json", "nine"),
        ("metadata/10.root.json", "ten"),
        ("metadata/x.root.json", "none"),
    ]);
    let source = FolderSource::beside(&world.parts).expect("a catalogue");
    assert_eq!(source.newest_root().expect("read"), Some(Bytes::from("ten")));
    let roots = source.roots().expect("read");
    assert_eq!(roots.get(&Digest::of(b"nine")), Some(&Bytes::from("nine")));
    assert_eq!(roots.len(), 2);
}

#[test]
fn an_address_that_is_none_of_ours_is_as_good_as_none() {
    let named = |address| {
        let world = world(&[TIMESTAMP, ("server", address)]);
        let server = FolderSource::beside(&world.parts)?.server()?;
        Some(server.to_string())
    };
    assert_eq!(
        named("https://a.example\n").as_deref(),
        Some("https://a.example/")
    );
    assert_eq!(named("file:///etc/passwd"), None);
}

#[tokio::test]
async fn what_is_missing_is_absent_and_what_is_too_long_is_refused() {
    let world = world(&[TIMESTAMP, ("metadata/1.root.json", "root")]);
    let source = FolderSource::beside(&world.parts).expect("a catalogue");
    assert_eq!(source.metadata("2.root.json", 9).await.expect("looked"), None);
    assert_eq!(source.target("a/../../x", 9).await.expect("looked"), None);
    assert!(source.metadata("1.root.json", 3).await.is_err());
    let read = source.metadata("1.root.json", 4).await.expect("read");
    assert_eq!(read, Some(Bytes::from("root")));
}

#[cfg(unix)]
#[tokio::test]
async fn no_link_is_followed_out_of_the_folder() {
    let world = world(&[TIMESTAMP, ("targets/here/a.json", "a")]);
    let outside = world.parts.with_file_name("outside");
    fs_err::create_dir_all(&outside).expect("made");
    fs_err::write(outside.join("a.json"), "secret").expect("written");
    let below = world.parts.join(CATALOGUE);
    std::os::unix::fs::symlink(&outside, below.join("targets/there")).expect("linked");
    std::os::unix::fs::symlink(outside.join("a.json"), below.join("metadata/2.root.json")).expect("linked");
    let source = FolderSource::beside(&world.parts).expect("a catalogue");
    assert!(source.target("here/a.json", 9).await.expect("read").is_some());
    assert!(source.target("there/a.json", 9).await.is_err());
    assert!(source.metadata("2.root.json", 9).await.is_err());
}
