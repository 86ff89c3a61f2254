//! A volume on which names that differ in their case are the same file, and which knows neither modes nor the names that
//! Windows does not: NTFS, where this computer has the program for it.

use crate::trees::{Tree, noise};
use crate::world::{self, World};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use tokio::sync::watch;
use toolcrib_delivery::{Outcome, Progress, Removal, uninstall};

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

/// An NTFS volume in a file, while it is there.
struct Volume(Utf8PathBuf);

impl Volume {
    /// `None` where it cannot be made or mounted.
    fn mount(world: &World) -> Option<Self> {
        let (image, place) = (world.path.join("ntfs.img"), world.path.join("ntfs"));
        std::fs::create_dir_all(&place).expect("a folder");
        let file = std::fs::File::create(&image).expect("a file");
        file.set_len(64 << 20).expect("a size");
        let options = "ignore_case,windows_names";
        let made = does("mkntfs", &["-q", "-F", "-Q", image.as_str()]);
        let mounted = made && does("lowntfs-3g", &["-o", options, image.as_str(), place.as_str()]);
        mounted.then_some(Self(place))
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        does("umount", &["-l", self.0.as_str()]);
    }
}

fn does(program: &str, arguments: &[&str]) -> bool {
    let output = Command::new(program).args(arguments).output();
    output.is_ok_and(|output| output.status.success())
}

fn filled(tree: Tree, version: &str) -> Tree {
    tree.program("bin/Draft", version)
        .file("Share/ReadMe.txt", "words")
        .file("Share/data.bin", noise(3, 3 << 20))
        .small_files(20)
}

fn contents(folder: &Utf8Path, names: &[&str]) -> Vec<Vec<u8>> {
    let read = |name: &&str| std::fs::read(folder.join(name)).unwrap_or_default();
    names.iter().map(read).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_lives_on_a_volume_that_knows_no_case() {
    let world = World::new().await;
    let Some(volume) = Volume::mount(&world) else {
        return;
    };
    let root = volume.0.join("draft");
    let names = ["Share/ReadMe.txt", "Share/data.bin", "bin/Draft"];
    for version in ["1.0.0", "1.1.0"] {
        let tree = filled(world.tree(version), version);
        let release = world.publish(version, &tree, PRODUCT_FILE).await;
        let installed = world::install(&world, world::order(&release, &world.path, &root)).await;
        assert!(matches!(installed.expect("installed"), Outcome::Installed(_)));
        let current = root.join("RELEASES").join(version);
        assert_eq!(contents(&current, &names), contents(&tree.0, &names));
        assert_eq!(
            std::fs::read(current.join("share/README.TXT")).expect("the same file"),
            b"words"
        );
    }
    let (progress, _) = watch::channel(Progress::default());
    let receipt = world.receipt().expect("a receipt");
    uninstall(&receipt, &world.receipt_path(), Removal::default(), &progress).expect("uninstalled");
    assert!(!root.exists());
}
