use super::*;

fn version() -> Version {
    "1.1.0".parse().expect("a version")
}

#[test]
fn a_folder_is_named_after_the_product_and_nothing_in_the_name_leads_elsewhere() {
    let table = [
        ("Sample Studio", "Sample Studio 1.1.0"),
        ("../../etc", "------etc 1.1.0"),
        ("C:\\x\u{202e}|*?", "C--x---- 1.1.0"),
        ("Éditeur", "Éditeur 1.1.0"),
        ("", "1.1.0"),
    ];
    for (product, folder) in table {
        assert_eq!(folder_name(product, &version()), folder);
    }
    assert!(folder_name(&"x".repeat(500), &version()).len() < 100);
}

#[test]
fn two_packages_never_share_a_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let downloads = Utf8Path::from_path(place.path()).expect("Unicode");
    let (one, other) = (Digest::of(b"one"), Digest::of(b"other"));
    let first = free_folder(downloads, "A 1.0.0", &one);
    assert_eq!(first, downloads.join("A 1.0.0"));
    fs_err::create_dir(&first).expect("a folder");
    assert_eq!(
        free_folder(downloads, "A 1.0.0", &one),
        first,
        "nothing is in it yet"
    );
    fs_err::write(first.join(part_names::MANIFEST), "one").expect("written");
    assert_eq!(free_folder(downloads, "A 1.0.0", &one), first);
    let second = free_folder(downloads, "A 1.0.0", &other);
    assert_eq!(second, downloads.join("A 1.0.0 (2)"));
    fs_err::create_dir(&second).expect("a folder");
    fs_err::write(second.join("letter.txt"), "the person's own").expect("written");
    assert_eq!(
        free_folder(downloads, "A 1.0.0", &other),
        downloads.join("A 1.0.0 (3)")
    );
}
