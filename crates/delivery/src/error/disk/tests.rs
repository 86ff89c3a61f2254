use super::*;
use toolcrib_model::RelPath;

#[test]
fn a_full_disk_is_named_with_its_folder() {
    let path: RelPath = "bin/tool".parse().expect("a path");
    let full = Error::WriteFile {
        path: path.clone(),
        source: io::ErrorKind::StorageFull.into(),
    };
    let said = full.or_disk_full(Utf8Path::new("/"), 5_000_000).to_string();
    assert!(
        said.starts_with("the disk of `/` is full: 5.0 MB more are needed and "),
        "{said}"
    );
    let denied = Error::WriteFile {
        path,
        source: io::ErrorKind::PermissionDenied.into(),
    };
    assert!(matches!(
        denied.or_disk_full(Utf8Path::new("/"), 1),
        Error::WriteFile { .. }
    ));
}
