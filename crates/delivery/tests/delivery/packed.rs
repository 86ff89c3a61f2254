//! One file of a package, to be read and not to be installed.

use crate::network::mirror;
use crate::trees::noise;
use crate::world::{Release, World};
use toolcrib_delivery::{Error, PackedFile, Rank, fetch_packed_file, installed_file, packed_file};
use toolcrib_machine::clock::SystemClock;
use toolcrib_testkit::origin::{Fault, Times, Trick};
use toolcrib_wire::index::{Chunk, File};

const PRODUCT_FILE: &str = r#"
name = "Draft"
read_me = "README.txt"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["README.txt", "a/**", "z/**"]
"#;

const READ_ME: &str = "Draft draws.\n";

/// A release with a text between two large files, and a large file of several chunks; nothing is installed.
async fn published() -> (World, Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .file("a/first.bin", noise(1, 6 << 20))
        .file("README.txt", READ_ME)
        .file("z/last.bin", noise(2, 6 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    (world, release)
}

fn file<'a>(release: &'a Release, path: &str) -> &'a File {
    let index = release.index.index();
    packed_file(index, &path.parse().expect("a path")).expect("it is in the package")
}

/// Where in its part the chunk begins that holds the beginning of a file.
fn stored_at(release: &Release, path: &str) -> u64 {
    let (wanted, mut end) = (file(release, path).at, 0);
    let mut chunks = release.index.index().chunks.iter();
    let holds = |chunk: &&Chunk| {
        end += u64::from(chunk.length);
        wanted < end
    };
    chunks.find(holds).expect("a chunk holds it").offset
}

async fn fetch(world: &World, release: &Release, path: &str) -> Result<Vec<u8>, Error> {
    let wanted = PackedFile {
        manifest: &release.manifest,
        index: &release.index,
        file: file(release, path),
    };
    fetch_packed_file(wanted, &world.http, &world.links, &SystemClock).await
}

#[tokio::test]
async fn nothing_is_fetched_but_the_chunks_that_hold_the_file() {
    let (world, release) = published().await;
    let content = fetch(&world, &release, "README.txt").await.expect("fetched");
    assert_eq!(content, READ_ME.as_bytes());
    let chunks = &release.index.index().chunks;
    let longest = chunks.iter().map(|chunk| u64::from(chunk.stored_length)).max();
    let served = world.origin.served_bytes();
    assert!(Some(served) <= longest, "{served} of {}", release.stored_bytes());
    assert_eq!(world.origin.asked().len(), 1);
}

#[tokio::test]
async fn a_file_of_several_chunks_and_parts_is_put_together() {
    let (world, release) = published().await;
    for (path, seed) in [("a/first.bin", 1), ("z/last.bin", 2)] {
        let content = fetch(&world, &release, path).await.expect("fetched");
        assert!(content == noise(seed, 6 << 20), "{path}");
    }
    assert!(
        release.parts().len() > 1,
        "the stream goes over the end of a part"
    );
}

#[tokio::test]
async fn what_arrives_damaged_is_fetched_again_and_never_believed() {
    let (world, release) = published().await;
    let asked = world.origin.asked().len();
    let damage = Fault::Corrupt {
        at: stored_at(&release, "README.txt"),
    };
    world.origin.misbehave(damage.clone(), Times::Once);
    let content = fetch(&world, &release, "README.txt").await.expect("fetched");
    assert_eq!(content, READ_ME.as_bytes());
    assert_eq!(world.origin.asked().len(), asked + 2);
    world.origin.misbehave(damage, Times::Always);
    let refused = fetch(&world, &release, "README.txt").await;
    assert!(matches!(refused, Err(Error::DamagedChunk { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_connection_that_breaks_is_gone_on_with_where_it_broke() {
    let (world, release) = published().await;
    world
        .origin
        .misbehave(Fault::Truncate { after: 1000 }, Times::Once);
    let content = fetch(&world, &release, "z/last.bin").await.expect("fetched");
    assert!(content == noise(2, 6 << 20));
    assert!(world.origin.served_bytes() < release.stored_bytes());
}

#[tokio::test]
async fn a_link_that_is_refused_is_asked_for_anew() {
    let (world, release) = published().await;
    world.origin.misbehave(Fault::Status(403), Times::Once);
    fetch(&world, &release, "README.txt").await.expect("fetched");
    let asked = world.links.asked.load(std::sync::atomic::Ordering::SeqCst);
    assert_eq!(asked, 2);
}

#[tokio::test]
async fn where_a_near_server_cannot_serve_it_comes_from_afar() {
    for fault in [
        Fault::Status(202),
        Fault::Status(404),
        Fault::Trick(Trick::OtherContent),
    ] {
        let (mut world, release) = published().await;
        let near = mirror(&world, &release).await;
        near.misbehave(fault.clone(), Times::Always);
        world.links.mirrors.push(near.clone());
        world.links.mirrors_are = Rank::Near;
        let content = fetch(&world, &release, "README.txt").await;
        let content = content.unwrap_or_else(|error| panic!("{fault:?}: {error}"));
        assert_eq!(content, READ_ME.as_bytes(), "{fault:?}");
        assert!(!near.asked().is_empty(), "{fault:?}: it was asked");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_installed_is_read_from_the_disk_if_it_is_what_it_was() {
    let (world, release) = published().await;
    let wanted = file(&release, "README.txt");
    let read = || installed_file(&world.root(), wanted).expect("read");
    assert_eq!(read(), None, "nothing is installed");
    world.install(&release).await.expect("installed");
    assert_eq!(read().as_deref(), Some(READ_ME.as_bytes()));

    let place = world.current_tree().join("README.txt");
    std::fs::write(&place, "Draft draws!\n").expect("written");
    assert_eq!(read(), None, "somebody changed it");
    std::fs::remove_file(&place).expect("removed");
    assert_eq!(read(), None, "somebody removed it");
    #[cfg(unix)]
    {
        let other = world.path.join("other.txt");
        std::fs::write(&other, READ_ME).expect("written");
        std::os::unix::fs::symlink(&other, &place).expect("a link");
        assert_eq!(read(), None, "a link leads out of the tree, whatever is there");
    }
}
