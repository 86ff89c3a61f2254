use super::*;

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("Unicode");
    (folder, path)
}

fn write(folder: &Utf8Path, content: &[u8]) -> Digest {
    let sha256 = Digest::of(content);
    fs_err::write(folder.join(sha256.to_string()), content).expect("written");
    sha256
}

fn open(folder: &Utf8Path, most: u64) -> Arc<Shelf> {
    Arc::new(Shelf::open(folder.to_owned(), most).expect("opened"))
}

#[tokio::test]
async fn what_an_earlier_run_left_is_judged_before_anybody_gets_it() {
    let (_folder, path) = folder();
    let (sound, spoilt) = (write(&path, b"sound"), write(&path, b"spoilt"));
    fs_err::write(path.join(spoilt.to_string()), b"SPOILT").expect("written");
    let shelf = open(&path, 1 << 20);
    assert_eq!(shelf.extent().files, 2);
    assert_eq!(shelf.find(&sound).await.expect("read"), Some(shelf.place(&sound)));
    assert_eq!(shelf.find(&spoilt).await.expect("read"), None);
    assert!(!shelf.place(&spoilt).exists(), "it is fetched anew");
    assert_eq!((shelf.extent().files, shelf.extent().bytes), (1, 5));
}

#[tokio::test]
async fn what_many_ask_for_at_once_is_judged_for_all_of_them() {
    let (_folder, path) = folder();
    let (sound, spoilt) = (write(&path, b"sound"), write(&path, b"spoilt"));
    fs_err::write(path.join(spoilt.to_string()), b"SPOILT").expect("written");
    let shelf = open(&path, 1 << 20);
    let all =
        futures::future::join_all([sound, sound, spoilt, spoilt].iter().map(|one| shelf.find(one))).await;
    let found: Vec<bool> = all.into_iter().map(|one| one.expect("read").is_some()).collect();
    assert_eq!(found, [true, true, false, false]);
}

#[tokio::test]
async fn a_late_word_against_a_file_does_not_remove_the_one_that_was_fetched_anew() {
    let (_folder, path) = folder();
    let file = write(&path, b"fetched anew");
    let shelf = open(&path, 1 << 20);
    let before = shelf.use_item(&file).expect("held");
    shelf.keep(file, 12);
    shelf.give_up(&file, &before);
    assert_eq!(shelf.find(&file).await.expect("read"), Some(shelf.place(&file)));
}

#[tokio::test]
async fn what_was_not_asked_for_longest_goes_first() {
    let (_folder, path) = folder();
    let shelf = open(&path, 10);
    let [one, two, three] = [b"aaaa", b"bbbb", b"cccc"].map(|content| write(&path, content));
    shelf.keep(one, 4);
    shelf.keep(two, 4);
    shelf.find(&one).await.expect("read").expect("held");
    assert!(shelf.make_room(4));
    shelf.keep(three, 4);
    assert!(!shelf.place(&two).exists());
    assert!(shelf.find(&one).await.expect("read").is_some());
    assert_eq!(shelf.extent().bytes, 8);
    assert!(!shelf.make_room(11), "more than may be held at all");
}

#[test]
fn a_smaller_size_takes_effect_at_the_next_start() {
    let (_folder, path) = folder();
    for content in [b"aaaa", b"bbbb", b"cccc"] {
        write(&path, content);
    }
    fs_err::write(path.join("notes.txt"), "not ours").expect("written");
    assert_eq!(open(&path, 9).extent().files, 2);
    assert!(
        open(&path, 9).extent().oldest.is_some(),
        "since when the oldest is here is known from its file"
    );
    assert!(path.join("notes.txt").exists());
}
