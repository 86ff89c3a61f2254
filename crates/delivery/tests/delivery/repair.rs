//! Repairing: what is wrong is listed first, only what nothing here has is fetched, and a kill does no harm.

use crate::child::{end_of, was_killed};
use crate::trees::{Snapshot, noise, snapshot};
use crate::world::{Release, World};
use camino::Utf8PathBuf;
use toolcrib_delivery::{Order, Outcome, Recovered};

const PRODUCT_FILE: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["bin/**", "core/**", "empty/**", "lib/**"]
[[component]]
id = "samples"
name = "Samples"
kind = "optional"
files = ["samples/**"]
"#;

const BIG_BYTES: usize = 12 << 20;

/// A world with one release installed: a large file, a program, a link, small files and an empty folder.
async fn installed() -> (World, Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .program("bin/draft", "#!/bin/sh\necho 1.0.0\n")
        .file("core/big.bin", noise(1, BIG_BYTES))
        .file("core/twin.bin", noise(2, 1 << 20))
        .file("lib/twin.bin", noise(2, 1 << 20))
        .file("samples/other.bin", noise(3, 1 << 20))
        .small_files(40)
        .folder("empty/folder");
    #[cfg(unix)]
    let tree = tree.link("bin/tool", "draft");
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    world.install(&release).await.expect("installed");
    (world, release)
}

fn place(world: &World, path: &str) -> Utf8PathBuf {
    world.current_tree().join(path)
}

/// Turns over every bit of a run of a file.
fn damage(world: &World, path: &str, from: usize, length: usize) {
    let path = place(world, path);
    let mut bytes = std::fs::read(&path).expect("a file");
    bytes[from..from + length]
        .iter_mut()
        .for_each(|byte| *byte = !*byte);
    std::fs::write(&path, bytes).expect("written");
}

fn harm(world: &World) {
    damage(world, "core/big.bin", 5 << 20, 1 << 20);
    std::fs::remove_dir_all(place(world, "lib/group-03")).expect("removed");
    std::fs::remove_dir_all(place(world, "empty")).expect("removed");
    std::fs::write(place(world, "bin/draft"), "#!/bin/sh\nrm -rf /\n").expect("written");
}

fn texts<T: ToString>(paths: &[T]) -> Vec<String> {
    let mut texts: Vec<String> = paths.iter().map(ToString::to_string).collect();
    texts.sort_unstable();
    texts
}

fn as_published(world: &World) -> Snapshot {
    snapshot(&world.tree("1.0.0").0)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_examination_lists_what_is_damaged_missing_and_extra() {
    let (world, release) = installed().await;
    assert!(world.examine(&release).differences().is_empty());
    harm(&world);
    std::fs::write(place(&world, "core/notes.txt"), "mine").expect("written");
    let examination = world.examine(&release);
    let differences = examination.differences();
    assert_eq!(texts(&differences.damaged), ["bin/draft", "core/big.bin"]);
    assert_eq!(
        texts(&differences.missing),
        [
            "empty",
            "empty/folder",
            "lib/group-03",
            "lib/group-03/deep",
            "lib/group-03/deep/file-26.txt",
            "lib/group-03/deep/file-3.txt",
        ]
    );
    assert_eq!(texts(&differences.extra), ["core/notes.txt"]);
    assert!(!examination.is_sound());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repair_restores_what_was_harmed_and_leaves_extra_files_alone() {
    let (world, release) = installed().await;
    harm(&world);
    std::fs::write(place(&world, "core/notes.txt"), "mine").expect("written");
    let receipt = world.receipt();
    let outcome = world.repair(&release).await.expect("repaired");
    assert_eq!(Outcome::Installed(Box::new(receipt.expect("a receipt"))), outcome);
    let mut found = snapshot(&world.current_tree());
    assert!(found.remove("core/notes.txt").is_some());
    assert_eq!(found, as_published(&world));
    let own = snapshot(&world.root().join(".toolcrib"));
    assert!(
        own.keys()
            .all(|name| !name.contains("staging") && name != "journal"),
        "{own:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn how_much_a_repair_fetches_is_known_before_it_begins() {
    let (world, release) = installed().await;
    let told = || world.examine(&release).bytes_to_fetch().expect("counted");
    assert_eq!(told(), 0);
    std::fs::remove_file(place(&world, "lib/twin.bin")).expect("removed");
    assert_eq!(told(), 0, "another file has the same content");
    damage(&world, "core/big.bin", 5 << 20, 1 << 20);
    let bytes = told();
    assert!((1 << 20..release.stored_bytes()).contains(&bytes), "{bytes}");
    let served = world.origin.served_bytes();
    world.repair(&release).await.expect("repaired");
    assert_eq!(world.origin.served_bytes() - served, bytes);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_chunks_that_hold_the_damage_are_fetched() {
    let (world, release) = installed().await;
    damage(&world, "core/big.bin", 5 << 20, 1 << 20);
    let served = world.origin.served_bytes();
    world.repair(&release).await.expect("repaired");
    let fetched = world.origin.served_bytes() - served;
    let longest = release
        .index
        .index()
        .chunks
        .iter()
        .map(|chunk| chunk.stored_length);
    let longest = u64::from(longest.max().expect("chunks"));
    assert!(
        fetched > 0 && fetched <= 2 * longest,
        "{fetched} of chunks of {longest}"
    );
    assert_eq!(snapshot(&world.current_tree()), as_published(&world));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_twin_still_has_is_not_fetched() {
    let (world, release) = installed().await;
    std::fs::remove_file(place(&world, "core/twin.bin")).expect("removed");
    let served = world.origin.served_bytes();
    world.repair(&release).await.expect("repaired");
    assert_eq!(world.origin.served_bytes(), served);
    assert_eq!(snapshot(&world.current_tree()), as_published(&world));
}

#[tokio::test(flavor = "multi_thread")]
async fn components_that_were_not_chosen_are_not_missing() {
    let (world, release) = installed().await;
    let order = Order {
        components: ["core".parse().expect("an id")].into(),
        ..world.order(&release)
    };
    std::fs::remove_dir_all(place(&world, "samples")).expect("removed");
    damage(&world, "core/twin.bin", 0, 1);
    let examination = crate::world::examine(order.clone());
    assert_eq!(texts(&examination.differences().damaged), ["core/twin.bin"]);
    assert!(examination.differences().missing.is_empty());
    crate::world::repair(order, &world.http, &world.links)
        .await
        .expect("repaired");
    assert!(!place(&world, "samples").exists());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn modes_and_links_are_put_right_without_fetching() {
    use std::os::unix::fs::PermissionsExt as _;
    let (world, release) = installed().await;
    let plain = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(place(&world, "bin/draft"), plain).expect("set");
    std::fs::remove_file(place(&world, "bin/tool")).expect("removed");
    std::os::unix::fs::symlink("/etc/passwd", place(&world, "bin/tool")).expect("a link");
    let served = world.origin.served_bytes();
    let examination = world.examine(&release);
    assert_eq!(
        texts(&examination.differences().damaged),
        ["bin/draft", "bin/tool"]
    );
    world.repair(&release).await.expect("repaired");
    assert_eq!(snapshot(&world.current_tree()), as_published(&world));
    let fetched = world.origin.served_bytes() - served;
    assert!(fetched == 0, "{fetched}");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_through_a_link_that_took_a_folders_place() {
    let (world, release) = installed().await;
    let elsewhere = world.path.join("elsewhere");
    std::fs::create_dir(&elsewhere).expect("a folder");
    std::fs::remove_dir_all(place(&world, "core")).expect("removed");
    std::os::unix::fs::symlink(&elsewhere, place(&world, "core")).expect("a link");
    world.repair(&release).await.expect("repaired");
    assert_eq!(snapshot(&world.current_tree()), as_published(&world));
    assert!(snapshot(&elsewhere).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_receipt_is_written_anew() {
    let (world, release) = installed().await;
    let receipt = world.receipt().expect("a receipt");
    std::fs::remove_file(world.receipt_path()).expect("removed");
    world.repair(&release).await.expect("repaired");
    assert_eq!(world.receipt(), Some(receipt));
}

/// Every file is as it was published or as it was harmed.
fn assert_old_or_new(world: &World, harmed: &Snapshot, place: &str) {
    let published = as_published(world);
    for (path, what) in snapshot(&world.current_tree()) {
        let known = [harmed.get(&path), published.get(&path)];
        assert!(
            known.contains(&Some(&what)),
            "{place}: {path} is {what}, not {known:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_in_a_repair_leaves_each_file_old_or_new_and_the_same_command_ends_it() {
    let places = (1..=8)
        .map(|hit| format!("delivery.place.before=kill@{hit}"))
        .chain((1..=8).map(|hit| format!("delivery.place.after=kill@{hit}")))
        .chain(
            [
                "delivery.chunk_held",
                "delivery.sync",
                "delivery.journal.after",
                "delivery.place.sync",
                "delivery.cleanup.before",
                "delivery.cleanup.after",
                "delivery.forget.before",
                "delivery.forget.after",
            ]
            .map(|name| format!("{name}=kill")),
        );
    let (world, release) = installed().await;
    for fault in places {
        harm(&world);
        let harmed = snapshot(&world.current_tree());
        let status = end_of(world.child_repairing("1.0.0", Some(&fault))).await;
        assert!(was_killed(status), "{fault}: {status:?}");
        assert_old_or_new(&world, &harmed, &fault);
        world.recover();
        assert_old_or_new(&world, &harmed, &fault);
        world.repair(&release).await.expect("repaired");
        assert_eq!(snapshot(&world.current_tree()), as_published(&world), "{fault}");
        assert_eq!(world.recover(), Recovered::Nothing, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_placed_hinders_nothing_else() {
    let (world, release) = installed().await;
    for code in ["EACCES", "EIO", "EROFS", "EXDEV", "ENOSPC"] {
        harm(&world);
        let fault = format!("files.rename=error:{code}@3");
        let status = end_of(world.child_repairing("1.0.0", Some(&fault))).await;
        assert!(!status.success() && !was_killed(status), "{code}: {status:?}");
        assert_eq!(world.recover(), Recovered::Nothing, "{code}");
        world.repair(&release).await.expect("repaired");
        assert_eq!(snapshot(&world.current_tree()), as_published(&world), "{code}");
    }
}
