//! The package under `tests/vectors`: what this crate makes of known files.

use super::*;

#[test]
fn the_published_package_is_made_again_byte_for_byte() {
    let folder = vector();
    let made = built_vector(&folder);
    let read = |name: &str| fs_err::read(folder.join(name)).expect("a vector");
    assert_eq!(made.package.manifest_bytes, read("manifest.json"));
    assert_eq!(made.package.index_bytes, read("index.zst"));
    assert_eq!(made.package.sbom_bytes, read("sbom.json"));
    assert_eq!(made.parts, [read("part-0001.zip"), read("part-0002.zip")]);
}

fn vector() -> Utf8PathBuf {
    Utf8PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/package/draft"
    ))
}

fn built_vector(folder: &Utf8Path) -> Built {
    let product = Product::read(&folder.join("product.toml")).expect("a good product file");
    let input = Scratch::new();
    for (path, bytes) in [
        ("bin/draft", noise(1, 70_000)),
        ("bin/draw", noise(2, 300)),
        ("bin/again", noise(2, 300)),
        ("doc/read-me.txt", lines(3, 40)),
        ("doc/empty", vec![]),
    ] {
        input.write(path, &bytes);
    }
    built(&input, &product, making(64 << 10, 2))
}

/// Writes the vector anew: `cargo test -p toolcrib-publish write_the_package_vector -- --ignored`.
#[test]
#[ignore = "writes tests/vectors/package/draft"]
fn write_the_package_vector() {
    let folder = vector();
    let made = built_vector(&folder);
    let write = |name: &str, bytes: &[u8]| fs_err::write(folder.join(name), bytes).expect("written");
    write("manifest.json", &made.package.manifest_bytes);
    write("index.zst", &made.package.index_bytes);
    write("sbom.json", &made.package.sbom_bytes);
    write(
        "index.json",
        &serde_json::to_vec_pretty(&made.index).expect("JSON"),
    );
    for (number, part) in made.parts.iter().enumerate() {
        write(&format!("part-{:04}.zip", number + 1), part);
    }
}
