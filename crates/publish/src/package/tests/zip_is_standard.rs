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

#[test]
fn the_zip_crate_reads_every_entry() {
    let files = files();
    let built = built(&folder_of(&files), &Product::default(), making(2 << 20, 2));
    let entries = entries(&built);
    let names: Vec<&str> = entries.iter().map(|(name, ..)| name.as_str()).collect();
    assert_eq!(names[0], "gathered/000001");
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
    folder.write("gathered/000001", &noise(1, 5 << 20));
    folder.write("gathered/000001.part2", &noise(2, 5 << 20));
    folder.write("small", b"small");
    let built = built(&folder, &Product::default(), making(2 << 20, 2));
    let names: Vec<String> = entries(&built).into_iter().map(|(name, ..)| name).collect();
    let unique: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(unique.len(), names.len(), "{names:?}");
    assert_eq!(names[0], "gathered-2/000001");
    assert!(names.contains(&"gathered/000001.part2_".to_owned()));
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
    let built = built(&folder_of(&files), &Product::default(), Making::default());
    let part = &built.package.parts[0];
    let listed = Command::new("bsdtar")
        .args(["-tf", part.as_str()])
        .output()
        .expect("runs");
    assert_eq!(
        String::from_utf8_lossy(&listed.stdout),
        "gathered/000001\nbin/draft\nlib/copy.txt\n"
    );
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
    let built = built(&folder_of(&files()), &Product::default(), Making::default());
    let input = Input::open(&built.package.parts[0], None).expect("a sound archive");
    let paths: Vec<&str> = input.tree().files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["bin/draft", "gathered/000001", "lib/copy.txt"]);
    for file in &input.tree().files {
        assert_eq!(read_all(input.read(file).expect("opens")).len() as u64, file.size);
    }
}
