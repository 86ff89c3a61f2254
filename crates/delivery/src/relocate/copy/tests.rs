use super::*;
use std::sync::Mutex;

const LARGE: u64 = 40 << 20;

/// A root that holds one large file, and where it goes as if that were another volume.
fn copies(folder: &Utf8Path) -> (Copies, Root) {
    let (from, to) = (Root::at(&folder.join("from")), Root::at(&folder.join("to")));
    let tree = from.releases().join("1.0.0");
    std::fs::create_dir_all(&tree).expect("a folder");
    let content: Vec<u8> = (0..LARGE).map(|at| (at % 253) as u8).collect();
    std::fs::write(tree.join("large.bin"), content).expect("written");
    let mut copies = Copies::of(&from, &to).expect("listed");
    copies.by_name = false;
    (copies, to)
}

fn folder() -> (tempfile::TempDir, Utf8PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().to_owned()).expect("UTF-8");
    (folder, path)
}

#[test]
fn one_large_file_is_seen_and_stopped_on_its_way() {
    let (_folder, path) = folder();
    let (copies, to) = copies(&path);
    let told = Mutex::new(Vec::new());
    let stop_soon = |done, _of| {
        let mut told = told.lock().expect("nobody panicked");
        told.push(done);
        done == 0
    };
    let is_made = copies.make(&to, &stop_soon).expect("no failure");
    let told = told.into_inner().expect("nobody panicked");
    // A volume whose copies share their blocks is done at once.
    match told[1] {
        LARGE => assert_eq!(told, [0, LARGE]),
        done => assert!(done < LARGE / 2, "{told:?}"),
    }
    assert!(!is_made);
}

#[test]
fn comparing_is_stopped_within_a_file_too() {
    let (_folder, path) = folder();
    let (copies, to) = copies(&path);
    assert!(copies.make(&to, &|_, _| true).expect("made"));
    assert!(copies.compare(&|_, _| true).expect("compared"));
    let most = AtomicU64::new(0);
    let stop = |done, _of| {
        most.fetch_max(done, Ordering::Relaxed);
        false
    };
    assert!(!copies.compare(&stop).expect("stopped"));
    assert!(most.into_inner() < LARGE + LARGE / 2);
}

#[test]
fn a_copy_that_differs_anywhere_is_refused() {
    let (_folder, path) = folder();
    let (copies, to) = copies(&path);
    assert!(copies.make(&to, &|_, _| true).expect("made"));
    let copy = to.releases().join("1.0.0/large.bin");
    let whole = std::fs::read(&copy).expect("read");
    let mut other = whole.clone();
    other[whole.len() - 1] ^= 1;
    for wrong in [
        &other[..],
        &whole[..whole.len() - 1],
        &[&whole[..], b"x"].concat(),
    ] {
        std::fs::write(&copy, wrong).expect("written");
        let refused = copies.compare(&|_, _| true);
        assert!(matches!(refused, Err(Error::BadCopy { .. })), "{}", wrong.len());
    }
}

#[test]
fn many_small_files_need_whole_blocks() {
    let (_folder, path) = folder();
    let (from, to) = (Root::at(&path.join("from")), Root::at(&path.join("to")));
    let tree = from.releases().join("1.0.0");
    std::fs::create_dir_all(&tree).expect("a folder");
    for number in 0..100 {
        std::fs::write(tree.join(number.to_string()), "x").expect("written");
    }
    let mut copies = Copies::of(&from, &to).expect("listed");
    copies.by_name = false;
    // A hundred files, the folder of the releases and that of the one.
    assert_eq!(copies.room(), 102 * BLOCK_BYTES + SLACK_BYTES);
}
