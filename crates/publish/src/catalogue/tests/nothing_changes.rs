//! What goes wrong leaves the catalogue as it was.

use super::*;

#[test]
fn a_broken_product_file_changes_nothing_in_the_catalogue() {
    let vendor = Vendor::new();
    let before = vendor.files();
    for raw in [
        "licens = 1\n",
        "[launch]\nprogram = \"bin/none\"\n",
        "[[component]]\nid = \"a\"\nname = \"A\"\nkind = \"required\"\nfiles = [\"x\"]\n",
    ] {
        let product_file = Some(vendor.scratch.write("product.toml", raw.as_bytes()));
        let refused = vendor.add(&Addition {
            product_file,
            ..vendor.addition("1.0.0")
        });
        assert!(refused.is_err(), "{raw}");
        assert_eq!(vendor.files(), before);
    }
}

#[test]
fn a_product_that_a_client_would_refuse_changes_nothing_in_the_catalogue() {
    let vendor = Vendor::new();
    let before = vendor.files();
    let product_file = Some(
        vendor
            .scratch
            .write("product.toml", "name = \"a\\u202eb\"\n".as_bytes()),
    );
    let refused = vendor.add(&Addition {
        product_file,
        ..vendor.addition("1.0.0")
    });
    assert!(
        matches!(refused, Err(Error::Trust(toolcrib_trust::Error::Listing { .. }))),
        "{refused:?}"
    );
    assert_eq!(vendor.files(), before);
}

#[test]
fn without_the_keys_nothing_changes() {
    let vendor = Vendor::new();
    let before = vendor.files();
    let elsewhere = vendor.scratch.path.join("no-keys");
    let refused = add(
        &vendor.catalogue(),
        &elsewhere,
        &vendor.addition("1.0.0"),
        &vendor.clock,
        &Unwatched,
    );
    assert!(matches!(refused, Err(Error::MissingKeys { .. })));
    assert_eq!(vendor.files(), before);
    let strange = vendor.scratch.path.join("strange");
    Keys::in_folder(&strange).create_missing().expect("made");
    let refused = add(
        &vendor.catalogue(),
        &strange,
        &vendor.addition("1.0.0"),
        &vendor.clock,
        &Unwatched,
    );
    assert!(matches!(refused, Err(Error::MissingKeys { .. })));
    assert_eq!(vendor.files(), before);
}

#[test]
fn two_at_work_do_not_meet() {
    let vendor = Vendor::new();
    let _held = Folder::open(&vendor.catalogue()).expect("ours");
    assert!(matches!(
        vendor.add(&vendor.addition("1.0.0")),
        Err(Error::Busy { .. })
    ));
}

#[test]
fn what_a_killed_run_left_is_swept_away() {
    let vendor = Vendor::new();
    let left = vendor
        .scratch
        .write("catalogue/.work-gone/part-0001.zip", b"half");
    vendor.add(&vendor.addition("1.0.0")).expect("added");
    assert!(!left.exists());
}

#[test]
fn a_catalogue_that_somebody_changed_is_refused() {
    let vendor = Vendor::new();
    vendor.add(&vendor.addition("1.0.0")).expect("added");
    let path = vendor.catalogue().join("metadata/2.targets.json");
    let text = fs_err::read_to_string(&path)
        .expect("read")
        .replace("draft", "drift");
    fs_err::write(&path, text).expect("written");
    assert!(matches!(
        vendor.add(&vendor.addition("1.1.0")),
        Err(Error::Trust(_))
    ));
}

#[test]
fn a_place_without_a_catalogue_is_told() {
    let nowhere = Scratch::new();
    assert!(matches!(
        Folder::open(&nowhere.path),
        Err(Error::NoCatalogue { .. })
    ));
}
