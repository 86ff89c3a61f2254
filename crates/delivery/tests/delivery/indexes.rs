//! The indexes of installed releases: at hand offline, believed only undamaged, gone with their release.

use crate::trees::snapshot;
use crate::world::{Release, World};
use toolcrib_model::Digest;

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

async fn installed(world: &World, version: &str) -> (Release, Digest) {
    let tree = world.tree(version).file("version.txt", version);
    let release = world.publish(version, &tree, PRODUCT_FILE).await;
    world.install(&release).await.expect("installed");
    let digest = release.manifest.manifest().index.sha256;
    (release, digest)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_of_the_installed_release_is_at_hand() {
    let world = World::new().await;
    let (release, digest) = installed(&world, "1.0.0").await;
    let kept = toolcrib_delivery::kept_index(&world.root(), &digest).expect("reads");
    assert_eq!(kept.as_ref(), Some(release.index.index()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_index_is_as_good_as_none() {
    let world = World::new().await;
    let (_, digest) = installed(&world, "1.0.0").await;
    let path = world.root().join(format!(".toolcrib/indexes/{digest}"));
    let mut bytes = std::fs::read(&path).expect("reads");
    bytes[20] ^= 1;
    std::fs::write(&path, bytes).expect("writes");
    assert_eq!(
        toolcrib_delivery::kept_index(&world.root(), &digest).expect("reads"),
        None
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_goes_with_its_release() {
    let world = World::new().await;
    let mut digests = Vec::new();
    for version in ["1.0.0", "1.1.0", "1.2.0"] {
        digests.push(installed(&world, version).await.1);
    }
    let kept: Vec<_> = snapshot(&world.root().join(".toolcrib/indexes"))
        .into_keys()
        .collect();
    let mut wanted = [digests[1].to_string(), digests[2].to_string()];
    wanted.sort_unstable();
    assert_eq!(kept, wanted);
}
