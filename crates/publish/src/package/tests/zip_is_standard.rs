//! Other programs open the parts.

use super::*;
use std::io::Cursor;
use std::process::{Command, Stdio};

/// The entries of all parts by name, as the `zip` crate reads them.
fn entries(built: &Built) -> Vec<(String, Vec<u8>, Option<u32>)> {
    let mut entries = Vec::new();
    for part in &built.parts {
        let mut archive = ::zip::ZipArchive::new(Cursor::new(part.clone())).expect("a zip file");
        for place in 0..archive.len() {
            let entry = archive.by_index(place).expect("an entry");
            let (name, mode) = (entry.name().expect("Unicode").into_owned(), entry.unix_mode());
            entries.push((name, read_all(entry), mode));
        }
    }
    entries
}

/// Whether a name is that of a chunk of gathered files.
fn is_gathered(name: &str, folder: &str) -> bool {
    let digits = name.strip_prefix(folder).unwrap_or_default();
    digits.len() == 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn the_zip_crate_reads_every_entry() {
    let files = files();
    let built = built(&folder_of(&files), &Product::default(), making(2 << 20, 2));
    let entries = entries(&built);
    let names: Vec<&str> = entries.iter().map(|(name, ..)| name.as_str()).collect();
    assert!(is_gathered(names[0], "gathered/"), "{names:?}");
    let pieces = entries.iter().filter(|(name, ..)| name.starts_with("bin/draft"));
    let whole: Vec<u8> = pieces.clone().flat_map(|(_, bytes, _)| bytes.clone()).collect();
    assert!(pieces.clone().count() > 1, "{names:?}");
    assert!(whole == files["bin/draft"]);
    assert!(pieces.clone().all(|(_, _, mode)| *mode == Some(0o100_755)));
    let all: Vec<u8> = entries.iter().flat_map(|(_, bytes, _)| bytes.clone()).collect();
    assert!(all == stream(&built));
}

#[test]
fn a_product_that_has_these_names_itself_keeps_them() {
    let folder = Scratch::new();
    folder.write("gathered/a", &noise(1, 5 << 20));
    folder.write("gathered/a.part2", &noise(2, 5 << 20));
    folder.write("small", b"small");
    let built = built(&folder, &Product::default(), making(2 << 20, 2));
    let names: Vec<String> = entries(&built).into_iter().map(|(name, ..)| name).collect();
    let unique: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{names:?}");
    assert!(is_gathered(&names[0], "gathered-2/"), "{names:?}");
    assert!(names.contains(&"gathered/a.part2_".to_owned()));
}

#[test]
fn bsdtar_lists_and_unpacks_the_parts() {
    if Command::new("bsdtar")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        return;
    }
    let files = files();
    let built = built(&folder_of(&files), &Product::default(), making(1 << 30, 2));
    let part = &built.package.parts[0];
    let listed = Command::new("bsdtar")
        .args(["-tf", part.as_str()])
        .output()
        .expect("runs");
    let listed = String::from_utf8_lossy(&listed.stdout);
    let names: Vec<&str> = listed.lines().collect();
    assert!(is_gathered(names[0], "gathered/"), "{names:?}");
    assert_eq!(names[1..], ["bin/draft", "lib/copy.txt"]);
    let unpacked = Command::new("bsdtar")
        .args(["-xOf", part.as_str(), "bin/draft"])
        .output()
        .expect("runs");
    assert!(
        unpacked.stdout == files["bin/draft"],
        "{}",
        String::from_utf8_lossy(&unpacked.stderr)
    );
}

#[test]
fn our_own_preflight_takes_our_own_parts() {
    let built = built(&folder_of(&files()), &Product::default(), making(1 << 30, 2));
    let input = Input::open(&built.package.parts[0], None).expect("a sound archive");
    let paths: Vec<&str> = input.tree().files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!([paths[0], paths[2]], ["bin/draft", "lib/copy.txt"]);
    assert!(is_gathered(paths[1], "gathered/"), "{paths:?}");
    for file in &input.tree().files {
        assert_eq!(read_all(input.read(file).expect("opens")).len() as u64, file.size);
    }
}
