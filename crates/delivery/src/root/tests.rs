//! Taking a root.

use super::*;

fn empty() -> (tempfile::TempDir, Root) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = Utf8PathBuf::from_path_buf(folder.path().join("apps/draft")).expect("UTF-8");
    (folder, Root::at(&path))
}

#[test]
fn two_clients_cannot_work_in_one_root() {
    let (_folder, root) = empty();
    let taken = root.take().expect("taken");
    assert!(matches!(root.take(), Err(Error::Busy { .. })));
    drop(taken);
    root.take().expect("free again");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_at_once() {
    let (folder, _) = empty();
    let file = Utf8PathBuf::from_path_buf(folder.path().join("file")).expect("UTF-8");
    std::fs::write(&file, "x").expect("a file");
    let refused = Root::at(&file.join("draft")).take();
    assert!(
        matches!(refused, Err(Error::FolderNotWritable { .. })),
        "{refused:?}"
    );
}
