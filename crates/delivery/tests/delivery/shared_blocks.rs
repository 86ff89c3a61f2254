//! Volumes on which files can share blocks: a large file that did not change takes neither time nor room.

use crate::trees::{noise, snapshot};
use crate::world::{self, Release, World, install};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use toolcrib_delivery::Order;
use toolcrib_machine::files;

const PRODUCT_FILE: &str = "name = \"Draft\"\n";
const LARGE: usize = 24 << 20;

/// A volume of a quarter of a gibibyte in a file, while it is there.
struct Volume(Utf8PathBuf);

impl Volume {
    /// `None` where this person may not mount anything, or cannot make such a volume.
    fn mount(world: &World) -> Option<Self> {
        let (image, place) = (world.path.join("volume.img"), world.path.join("volume"));
        std::fs::create_dir_all(&place).expect("a folder");
        std::fs::File::create(&image)
            .and_then(|file| file.set_len(256 << 20))
            .expect("a file");
        let ran = |program: &str, arguments: &[&str]| {
            let output = Command::new(program).args(arguments).output();
            output.is_ok_and(|output| output.status.success())
        };
        let made = ran("mkfs.btrfs", &["-q", image.as_str()]) || ran("mkfs.xfs", &["-q", image.as_str()]);
        (made && ran("mount", &["-o", "loop", image.as_str(), place.as_str()])).then_some(Self(place))
    }

    fn free(&self) -> u64 {
        files::sync_volume(&self.0).expect("flushed");
        files::space(&self.0).expect("measured").free
    }
}

impl Drop for Volume {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l", self.0.as_str()]).status();
    }
}

/// Publishes two releases with the same large file, and installs the first on the volume.
async fn updatable(world: &World, volume: &Volume) -> (Release, Utf8PathBuf) {
    let root = volume.0.join("draft");
    let mut releases = Vec::new();
    for version in ["1.0.0", "1.1.0"] {
        let tree = world
            .tree(version)
            .file("big.bin", noise(5, LARGE))
            .file("version.txt", version);
        releases.push(world.publish(version, &tree, PRODUCT_FILE).await);
    }
    let new = releases.remove(1);
    install(world, order(world, &releases[0], &root))
        .await
        .expect("installed");
    (new, root)
}

fn order(world: &World, release: &Release, root: &Utf8Path) -> Order {
    world::order(release, &world.path, root)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unchanged_large_file_takes_no_room() {
    let world = World::new().await;
    let Some(volume) = Volume::mount(&world) else {
        return skipped();
    };
    let (new, root) = updatable(&world, &volume).await;
    let before = volume.free();
    install(&world, order(&world, &new, &root))
        .await
        .expect("updated");
    let taken = before.saturating_sub(volume.free());
    assert!(taken < LARGE as u64 / 2, "{taken} bytes taken");
    assert_eq!(
        snapshot(&root.join("releases/1.1.0")),
        snapshot(&world.tree("1.1.0").0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_mended_in_the_new_file_is_not_written_through_to_the_old_one() {
    let world = World::new().await;
    let Some(volume) = Volume::mount(&world) else {
        return skipped();
    };
    let (new, root) = updatable(&world, &volume).await;
    let old = root.join("releases/1.0.0/big.bin");
    let mut bytes = std::fs::read(&old).expect("reads");
    bytes[LARGE / 2] ^= 1;
    std::fs::write(&old, &bytes).expect("writes");

    let before = world.origin.served_bytes();
    install(&world, order(&world, &new, &root))
        .await
        .expect("updated");
    assert!(world.origin.served_bytes() - before < LARGE as u64 / 2);
    assert_eq!(
        snapshot(&root.join("releases/1.1.0")),
        snapshot(&world.tree("1.1.0").0)
    );
    assert!(
        std::fs::read(&old).expect("reads") == bytes,
        "the old file is as it was"
    );
}

/// Says why a test proved nothing.
#[allow(clippy::print_stderr, reason = "a skipped test says so")]
fn skipped() {
    eprintln!("skipped: this person may not mount a volume whose files share blocks");
}
