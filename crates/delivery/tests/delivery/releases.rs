//! Several releases side by side in one root.

use crate::child::{end_of, was_killed};
use crate::commit::{assert_whole, with_two_releases};
use crate::trees::snapshot;
use crate::world::{self, Release, World};
use camino::Utf8PathBuf;
use toolcrib_delivery::Stop;
use toolcrib_delivery::{Error, Order, Plan, Standing, pin, releases, rollback, unpin};
use toolcrib_model::Version;

const PRODUCT_FILE: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
"#;

async fn publish(world: &World, version: &str) -> Release {
    let tree = world.tree(version).program("bin/draft", version);
    world.publish(version, &tree, PRODUCT_FILE).await
}

async fn install_keeping(world: &World, version: &str, kept: usize) {
    let release = publish(world, version).await;
    carry_out(world, world.plan(&release).keeping(kept)).await;
}

async fn carry_out(world: &World, plan: Plan) {
    let installed = world::carry_out_plan(world, plan, &Stop::new()).await;
    installed.expect("installed");
}

fn version(text: &str) -> Version {
    text.parse().expect("a version")
}

/// Version and standing of every release that is there.
fn held(world: &World) -> Vec<(String, Standing)> {
    let held = releases(&world.root()).expect("listed");
    let on_disk = std::fs::read_dir(world.root().join("releases"))
        .expect("a folder")
        .count();
    assert_eq!(held.len(), on_disk, "nothing else is there");
    held.into_iter()
        .map(|release| (release.receipt.version.to_string(), release.standing))
        .collect()
}

fn named(versions: &[&str]) -> Vec<(String, Standing)> {
    let standings = [Standing::Current, Standing::Previous];
    let standings = standings.into_iter().chain(std::iter::repeat(Standing::Kept));
    versions
        .iter()
        .map(|version| (*version).to_owned())
        .zip(standings)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_current_release_and_the_one_before_it_are_kept() {
    let world = World::new().await;
    assert_eq!(releases(&world.root()).expect("listed"), []);
    for version in ["1.0.0", "1.1.0", "1.2.0"] {
        install_keeping(&world, version, 0).await;
    }
    assert_eq!(held(&world), named(&["1.2.0", "1.1.0"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_may_keep_more() {
    let world = World::new().await;
    for version in ["1.0.0", "1.1.0", "1.2.0", "1.3.0"] {
        install_keeping(&world, version, 3).await;
    }
    assert_eq!(held(&world), named(&["1.3.0", "1.2.0", "1.1.0"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pinned_release_stays_until_it_is_let_go() {
    let world = World::new().await;
    install_keeping(&world, "1.0.0", 2).await;
    pin(&world.root(), &version("1.0.0")).expect("pinned");
    for version in ["1.1.0", "1.2.0", "1.3.0"] {
        install_keeping(&world, version, 2).await;
    }
    assert_eq!(held(&world), named(&["1.3.0", "1.2.0", "1.0.0"]));
    assert!(releases(&world.root()).expect("listed")[2].pinned);
    unpin(&world.root(), &version("1.0.0")).expect("let go");
    install_keeping(&world, "1.4.0", 2).await;
    assert_eq!(held(&world), named(&["1.4.0", "1.3.0"]));
    let refused = pin(&world.root(), &version("1.0.0")).expect_err("gone");
    assert!(matches!(refused, Error::NoRelease { .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_an_earlier_program_installed_becomes_known_with_the_next_one() {
    let world = World::new().await;
    install_keeping(&world, "1.0.0", 2).await;
    std::fs::remove_dir_all(world.root().join(".toolcrib/releases")).expect("removed");
    install_keeping(&world, "1.1.0", 2).await;
    assert_eq!(held(&world), named(&["1.1.0", "1.0.0"]));
}

const WITH_SAMPLES: &str = r#"
name = "Draft"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["core.txt"]
[[component]]
id = "samples"
name = "Samples"
kind = "optional"
files = ["samples.txt"]
"#;

/// A release of two components.
async fn publish_with_samples(world: &World, version: &str) -> Release {
    let tree = world
        .tree(version)
        .file("core.txt", version)
        .file("samples.txt", version);
    world.publish(version, &tree, WITH_SAMPLES).await
}

/// Installs the required components alone, or the samples with them.
async fn install_with(world: &World, release: &Release, samples: bool) {
    let chosen = samples.then(|| "samples".parse().expect("an id"));
    let order = Order {
        components: chosen.into_iter().collect(),
        ..world.order(release)
    };
    world::install(world, order).await.expect("installed");
}

fn back(world: &World, to: Option<&str>) -> Result<String, Error> {
    let to = to.map(version);
    let receipt = rollback(&world.root(), &world.receipt_path(), to.as_ref())?;
    Ok(receipt.version.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn other_components_of_a_release_leave_the_way_back_to_the_version_before() {
    let world = World::new().await;
    let old = publish_with_samples(&world, "1.0.0").await;
    let new = publish_with_samples(&world, "1.1.0").await;
    install_with(&world, &old, true).await;
    install_with(&world, &new, false).await;
    for samples in [true, false, true] {
        install_with(&world, &new, samples).await;
        assert_eq!(held(&world), named(&["1.1.0", "1.0.0"]), "{samples}");
        assert_eq!(world.current_tree().join("samples.txt").exists(), samples);
    }
    assert_eq!(back(&world, None).expect("the version before"), "1.0.0");
    assert_eq!(held(&world), named(&["1.0.0", "1.1.0"]));

    // Changed after the way back, it still leads forward again.
    install_with(&world, &old, false).await;
    assert_eq!(held(&world), named(&["1.0.0", "1.1.0"]));
    assert_eq!(back(&world, Some("1.1.0")).expect("forward again"), "1.1.0");
    assert!(world.current_tree().join("samples.txt").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn other_components_of_a_pinned_release_leave_it_pinned() {
    let world = World::new().await;
    let release = publish_with_samples(&world, "1.0.0").await;
    install_with(&world, &release, false).await;
    pin(&world.root(), &version("1.0.0")).expect("pinned");
    install_with(&world, &release, true).await;
    assert_eq!(held(&world), named(&["1.0.0"]));
    assert!(releases(&world.root()).expect("listed")[0].pinned);
    let refused = back(&world, None).expect_err("there is one version only");
    assert!(matches!(refused, Error::NothingToReturnTo { .. }), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_trees_of_one_version_that_an_earlier_program_left_are_one_release() {
    let world = World::new().await;
    let release = publish_with_samples(&world, "1.0.0").await;
    install_with(&world, &release, false).await;
    // What an earlier program left after a component was added: the tree before it, as the way back.
    let (root, own) = (world.root(), world.root().join(".toolcrib/releases"));
    let copied = std::process::Command::new("cp")
        .args(["-r", "releases/1.0.0", "releases/1.0.0-2"])
        .current_dir(&root)
        .status();
    assert!(copied.expect("copied").success());
    let record = std::fs::read_to_string(own.join("1.0.0.json")).expect("a record");
    let other = record.replace("releases/1.0.0", "releases/1.0.0-2");
    std::fs::write(own.join("1.0.0-2.json"), other).expect("written");
    let current = std::fs::read(root.join("current")).expect("a record");
    let mut current: serde_json::Value = serde_json::from_slice(&current).expect("JSON");
    current["previous"] = "releases/1.0.0-2".into();
    std::fs::write(root.join("current"), current.to_string()).expect("written");

    let listed = releases(&root).expect("listed");
    assert_eq!(listed.len(), 1, "{listed:?}");
    assert_eq!(listed[0].standing, Standing::Current);
    let refused = back(&world, None).expect_err("it would go to itself");
    assert!(matches!(refused, Error::NothingToReturnTo { .. }), "{refused}");
    let next = publish_with_samples(&world, "1.1.0").await;
    install_with(&world, &next, false).await;
    assert_eq!(held(&world), named(&["1.1.0", "1.0.0"]));
}

/// Version and whether it is pinned, of every release that is there.
fn pinned(world: &World) -> Vec<(String, bool)> {
    let releases = releases(&world.root()).expect("listed").into_iter();
    releases
        .map(|release| (release.receipt.version.to_string(), release.pinned))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_beside_the_current_one_stays_and_changes_nothing_else() {
    let (world, old, new) = with_two_releases().await;
    world.install(&new).await.expect("installed");
    let home = snapshot(&world.path.join("home"));
    carry_out(&world, world.plan(&old).beside()).await;
    assert_whole(&world, "1.1.0", "beside");
    assert_eq!(
        snapshot(&world.path.join("home")),
        home,
        "receipt and shortcuts are as they were"
    );
    let both = [("1.1.0".to_owned(), false), ("1.0.0".to_owned(), true)];
    assert_eq!(pinned(&world), both);
    assert_eq!(
        snapshot(&world.root().join("releases/1.0.0")),
        snapshot(&world.tree("1.0.0").0)
    );

    // Three releases later it is still there, and can be switched to like any other.
    for version in ["1.2.0", "1.3.0", "1.4.0"] {
        let tree = world.tree(version).program("bin/draft", version);
        let release = world.publish(version, &tree, PRODUCT_FILE).await;
        world.install(&release).await.expect("installed");
    }
    assert_eq!(held(&world), named(&["1.4.0", "1.3.0", "1.0.0"]));
    assert_eq!(back(&world, Some("1.0.0")).expect("switched"), "1.0.0");
    assert_whole(&world, "1.0.0", "switched");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_is_installed_there_is_nothing_to_be_beside() {
    let (world, old, _) = with_two_releases().await;
    carry_out(&world, world.plan(&old).beside()).await;
    assert_whole(&world, "1.0.0", "the first one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_anywhere_leaves_the_release_beside_whole_or_not_there() {
    let places = [
        ("delivery.index.after", false),
        ("delivery.journal.after", false),
        ("delivery.promote.before", false),
        ("delivery.promote.after", false),
        ("delivery.record.before", false),
        ("delivery.record.after", true),
        ("delivery.cleanup.before", true),
        ("delivery.cleanup.after", true),
        ("delivery.forget.before", true),
        ("delivery.forget.after", true),
    ];
    for (place, is_there) in places {
        let (world, old, new) = with_two_releases().await;
        world.install(&new).await.expect("installed");
        let fault = format!("{place}=kill");
        let killed = end_of(world.child_installing_beside("1.0.0", Some(&fault))).await;
        assert!(was_killed(killed), "{place}: {killed:?}");
        world.recover();
        assert_whole(&world, "1.1.0", place);
        let versions: Vec<_> = held(&world).into_iter().map(|(version, _)| version).collect();
        assert_eq!(versions.contains(&"1.0.0".to_owned()), is_there, "{place}");
        if !is_there {
            let served = world.origin.served_bytes();
            carry_out(&world, world.plan(&old).beside()).await;
            assert_eq!(world.origin.served_bytes(), served, "{place}: all was held");
        }
        assert_eq!(back(&world, Some("1.0.0")).expect("switched"), "1.0.0", "{place}");
        assert_whole(&world, "1.0.0", place);
    }
}

/// Puts a person's file into the folder of a release; answers where.
fn put_notes(world: &World, version: &str) -> Utf8PathBuf {
    let notes = world.root().join("releases").join(version).join("bin/notes.txt");
    std::fs::write(&notes, format!("mine, {version}")).expect("written");
    notes
}

fn kept_notes(world: &World, version: &str) -> Option<String> {
    let kept = world
        .root()
        .join("your-files")
        .join(version)
        .join("bin/notes.txt");
    std::fs::read_to_string(kept).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_files_outlive_the_release_that_they_lay_in() {
    let world = World::new().await;
    for version in ["1.0.0", "1.1.0"] {
        install_keeping(&world, version, 2).await;
    }
    let (old, newer) = (put_notes(&world, "1.0.0"), put_notes(&world, "1.1.0"));
    std::fs::write(world.root().join("releases/todo.txt"), "mine").expect("written");
    install_keeping(&world, "1.2.0", 2).await;
    assert!(!old.exists() && newer.exists());
    assert_eq!(kept_notes(&world, "1.0.0").as_deref(), Some("mine, 1.0.0"));
    assert_eq!(kept_notes(&world, "1.1.0"), None);
    let todo = std::fs::read_to_string(world.root().join("releases/todo.txt"));
    assert_eq!(todo.expect("it stays"), "mine");
    let left: Vec<_> = snapshot(&world.root().join(".toolcrib/releases"))
        .into_keys()
        .collect();
    assert_eq!(left, ["1.1.0.json", "1.2.0.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_an_old_release_goes_loses_nothing_of_a_persons_files() {
    for hit in 1..=7 {
        let world = World::new().await;
        for version in ["1.0.0", "1.1.0"] {
            install_keeping(&world, version, 2).await;
        }
        put_notes(&world, "1.0.0");
        publish(&world, "1.2.0").await;
        let fault = format!("delivery.cleanup.after=kill@{hit}");
        let ended = end_of(world.child_installing("1.2.0", Some(&fault))).await;
        assert!(was_killed(ended) || hit > 6, "{fault}");
        world.recover();
        assert_eq!(held(&world), named(&["1.2.0", "1.1.0"]), "{fault}");
        assert_eq!(
            kept_notes(&world, "1.0.0").as_deref(),
            Some("mine, 1.0.0"),
            "{fault}"
        );
        let kept = snapshot(&world.root().join("your-files"));
        let files = kept.values().filter(|what| *what != "folder").count();
        assert_eq!(
            files, 1,
            "nothing of the release is taken for a person's: {kept:?}"
        );
    }
}

/// A release whose program sleeps.
#[cfg(unix)]
async fn install_sleeping(world: &World, version: &str) {
    let tree = world.tree(version).folder("bin").file("notes.txt", version);
    std::fs::copy("/bin/sleep", tree.0.join("bin/draft")).expect("copied");
    let release = world.publish(version, &tree, PRODUCT_FILE).await;
    carry_out(world, world.plan(&release).keeping(2)).await;
}

/// Starts the program that sleeps. A process that another test is just starting holds for an instant whatever was being
/// written here, and what is held so cannot be started.
#[cfg(unix)]
async fn started(program: &camino::Utf8Path) -> std::process::Child {
    let mut command = std::process::Command::new(program);
    command.arg("600");
    for _ in 0..1_000 {
        match command.spawn() {
            Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            }
            started => return started.expect("started"),
        }
    }
    panic!("`{program}` is written for ever")
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_release_whose_program_runs_stays_until_an_installation_finds_it_ended() {
    let world = World::new().await;
    install_sleeping(&world, "1.0.0").await;
    let old = world.current_tree();
    let mut running = started(&old.join("bin/draft")).await;
    for version in ["1.1.0", "1.2.0"] {
        install_sleeping(&world, version).await;
    }
    assert_eq!(held(&world), named(&["1.2.0", "1.1.0", "1.0.0"]));
    assert!(old.join("notes.txt").exists(), "it may open it next");
    assert_eq!(back(&world, Some("1.0.0")).expect("it is whole"), "1.0.0");
    assert_eq!(back(&world, Some("1.2.0")).expect("forward again"), "1.2.0");

    running.kill().expect("killed");
    running.wait().expect("ended");
    install_sleeping(&world, "1.3.0").await;
    assert_eq!(held(&world), named(&["1.3.0", "1.2.0"]));
    assert!(!old.exists());
}
