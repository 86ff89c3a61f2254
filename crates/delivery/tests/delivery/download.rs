//! A package in a folder: complete and judged, gone on with after anything, installed without a network.

use crate::network::mirror;
use crate::trees::{noise, snapshot};
use crate::world::{Release, World, install};
use camino::Utf8PathBuf;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use toolcrib_delivery::{Companion, Downloaded, Error, Order, Package, Progress, Source, Stop, part_names};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::Throttle;
use toolcrib_testkit::origin::{Fault, Times};

const PRODUCT_FILE: &str = "name = \"Draft\"\n";

async fn published() -> (World, Release, Package) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .small_files(40)
        .file("big.bin", noise(5, 18 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    let package = Package {
        manifest: release.manifest.clone(),
        manifest_bytes: manifest_bytes(&world, &release),
        index: release.index.clone(),
        companions: vec![companion()],
        folder: world.path.join("usb"),
        connections: Package::CONNECTIONS,
    };
    (world, release, package)
}

fn companion() -> Companion {
    Companion {
        path: "catalogue/metadata/1.root.json".parse().expect("a path"),
        bytes: "signed".into(),
    }
}

/// The manifest as the catalogue has it.
fn manifest_bytes(world: &World, release: &Release) -> Vec<u8> {
    let wanted = release.manifest.blob().sha256;
    let mut open = vec![world.path.join("catalogue")];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir_utf8().expect("a folder") {
            let path: Utf8PathBuf = entry.expect("an entry").into_path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(bytes) = std::fs::read(&path)
                && Digest::of(&bytes) == wanted
            {
                return bytes;
            }
        }
    }
    panic!("the catalogue has no such manifest")
}

async fn download(world: &World, package: &Package, stop: &Stop) -> Result<Downloaded, Error> {
    let (progress, _) = watch::channel(Progress::default());
    toolcrib_delivery::download(package, &world.http, &world.links, stop, progress, &SystemClock).await
}

fn assert_complete(release: &Release, package: &Package) {
    let manifest = release.manifest.manifest();
    for (place, part) in manifest.parts.iter().enumerate() {
        let bytes = std::fs::read(package.folder.join(part_names::part(place))).expect("a part");
        assert_eq!(Digest::of(&bytes), part.sha256, "part {}", place + 1);
    }
    let companion = companion();
    let kept = std::fs::read(package.folder.join(companion.path.as_str())).expect("the companion");
    assert_eq!(kept, companion.bytes);
    let count = snapshot(&package.folder).len();
    assert_eq!(
        count,
        manifest.parts.len() + 5,
        "parts, manifest, index, the companion with its two folders, and nothing else"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_downloaded_package_is_installed_without_a_network() {
    let (world, release, package) = published().await;
    let ended = download(&world, &package, &Stop::new())
        .await
        .expect("downloaded");
    assert_eq!(ended, Downloaded::Complete);
    assert_complete(&release, &package);
    assert_eq!(package.sizes().expect("sizes").bytes_to_fetch, 0);

    let before = world.origin.served_bytes();
    let order = Order {
        sources: vec![Source::Parts(package.folder.clone())],
        ..world.order(&release)
    };
    install(&world, order).await.expect("installed");
    assert_eq!(world.origin.served_bytes(), before);
    assert_eq!(snapshot(&world.current_tree()), snapshot(&world.tree("1.0.0").0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_download_goes_on_where_each_part_stands() {
    let (world, release, package) = published().await;
    world.origin.serve_up_to(9 << 20);
    let stop = Stop::new();
    let pausing = async {
        let held = || package.sizes().expect("sizes").bytes_held;
        while held() <= 4 << 20 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.pause();
    };
    let pausing = tokio::time::timeout(Duration::from_secs(60), pausing);
    let (ended, paused) = tokio::join!(download(&world, &package, &stop), pausing);
    paused.expect("so much is held within a minute");
    assert_eq!(ended.expect("paused"), Downloaded::Paused);
    world.origin.serve_on();

    let sizes = package.sizes().expect("sizes");
    assert!(sizes.bytes_held > 4 << 20, "{sizes:?}");
    let (progress, told) = watch::channel(Progress::default());
    let stop = Stop::new();
    let again =
        toolcrib_delivery::download(&package, &world.http, &world.links, &stop, progress, &SystemClock);
    again.await.expect("downloaded");
    let arrived = told.borrow().fetched_bytes;
    assert_eq!(arrived, sizes.stored_bytes, "what was held, and the rest once");
    assert_complete(&release, &package);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_was_begun_wrongly_does_not_get_its_name() {
    let (world, release, package) = published().await;
    std::fs::create_dir_all(&package.folder).expect("a folder");
    let begun = package.folder.join(format!("{}.begun", part_names::part(1)));
    std::fs::write(begun, noise(9, 1 << 20)).expect("written");
    download(&world, &package, &Stop::new())
        .await
        .expect("downloaded");
    assert_complete(&release, &package);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_a_near_server_does_not_have_a_part_it_comes_from_afar() {
    let (mut world, release, package) = published().await;
    let near = mirror(&world, &release).await;
    near.misbehave(Fault::Status(404), Times::Always);
    world.links.mirrors.push(near.clone());
    download(&world, &package, &Stop::new())
        .await
        .expect("downloaded");
    assert_complete(&release, &package);
    assert!(!near.asked().is_empty(), "it was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_download_leaves_no_begun_parts() {
    let (world, _, package) = published().await;
    world.origin.serve_up_to(5 << 20);
    let stop = Stop::new();
    let cancelling = async {
        world.origin.wait_for_served(5 << 20).await;
        stop.cancel(false);
    };
    let (ended, ()) = tokio::join!(download(&world, &package, &stop), cancelling);
    assert_eq!(ended.expect("cancelled"), Downloaded::Cancelled);
    let left: Vec<_> = snapshot(&package.folder)
        .into_keys()
        .filter(|name| name.ends_with(".begun"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_parts_together_keep_to_the_limit() {
    const LIMIT: u64 = 12 << 20;
    let (world, release, package) = published().await;
    let throttle = Throttle::default();
    throttle.limit(LIMIT.try_into().ok());
    let http = world.http.clone().limited_by(throttle);
    let (progress, _) = watch::channel(Progress::default());
    let begun = Instant::now();
    let stop = Stop::new();
    let downloaded =
        toolcrib_delivery::download(&package, &http, &world.links, &stop, progress, &SystemClock);
    assert_eq!(downloaded.await.expect("downloaded"), Downloaded::Complete);
    let least = Duration::from_secs_f64(release.stored_bytes() as f64 / LIMIT as f64);
    assert!(begun.elapsed() >= least, "{:?}", begun.elapsed());
    assert_complete(&release, &package);
}
