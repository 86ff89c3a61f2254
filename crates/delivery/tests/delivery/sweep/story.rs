//! The acts that are killed, what each begins with, and what must be there afterwards.

use crate::child::{Act, end_of, was_killed};
use crate::trees::{Snapshot, noise, snapshot};
use crate::world::{Release, World, carry_out_plan};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use toolcrib_delivery::{Error, Progress, Removal, Stop};

const PRODUCT_FILE: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
[[shortcut]]
name = "Draft"
place = "menu"
[[hook]]
kind = "variable"
name = "DRAFT_HOME"
value = "{release}/share"
[[hook]]
kind = "scheme"
scheme = "draft"
[[hook]]
kind = "font"
file = "core/data.bin"
[[hook]]
kind = "script"
run = { program = "bin/setup", arguments = ["once"] }
undo = { run = { program = "bin/setup" } }
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["bin/**", "core/data.bin", "core/edited.bin", "empty.txt", "lib/**", "empty/**"]
[[component]]
id = "runtime"
name = "Runtime"
kind = "default"
shared = true
files = ["core/same.bin"]
"#;
const OLD: &str = "1.0.0";
const NEW: &str = "1.1.0";
const NEWEST: &str = "1.2.0";
/// A person's files, in the trees of releases: the version, where, and what is in it.
const OWN: [(&str, &str, &str); 2] = [
    (OLD, "bin/notes.txt", "mine, old"),
    (NEW, "notes.txt", "mine, new"),
];
/// The folders that an act may change.
const PLACES: [&str; 3] = ["apps", "home", "elsewhere"];

/// A computer whose disk can be put back to what an act begins with.
pub(super) struct Stage {
    pub(super) world: World,
    releases: BTreeMap<&'static str, Release>,
    trees: BTreeMap<&'static str, Snapshot>,
    /// What the disk has in it before each act, and after it; by name.
    ends: BTreeMap<&'static str, Vec<String>>,
}

/// An act that is killed.
pub(super) struct Story {
    pub(super) name: &'static str,
    pub(super) act: Act,
    /// The act that a recovery has to finish or undo; `None` where the act is no recovery.
    after: Option<&'static str>,
    /// The versions that may be current after a kill and a recovery; `None` where nothing may be installed.
    either: [Option<&'static str>; 2],
    /// The version that is current once the act has come to its end.
    end: Option<&'static str>,
}

impl Story {
    /// Whether it begins with a release that is harmed.
    fn mends(&self) -> bool {
        self.name.ends_with("repair")
    }

    /// Whether it begins with a person's files in the trees of releases.
    fn has_own_files(&self) -> bool {
        matches!(self.name, "uninstall" | "update, one goes")
    }
}

pub(super) fn stories(stage: &Stage) -> Vec<Story> {
    let story = |name, act, either, end| Story {
        name,
        act,
        after: None,
        either,
        end,
    };
    let recovery = |name, after, end| Story {
        name,
        act: Act::Recover,
        after: Some(after),
        either: [Some(OLD), Some(NEW)],
        end: Some(end),
    };
    let (old, new) = (Some(OLD), Some(NEW));
    let version = |version: &str| version.to_owned();
    let to = stage.new_place();
    vec![
        story(
            "install",
            Act::Install {
                version: version(OLD),
            },
            [None, old],
            old,
        ),
        story(
            "update",
            Act::Install {
                version: version(NEW),
            },
            [old, new],
            new,
        ),
        story(
            "repair",
            Act::Repair {
                version: version(NEW),
            },
            [new, new],
            new,
        ),
        story(
            "rollback",
            Act::RollBack {
                version: version(OLD),
            },
            [new, old],
            old,
        ),
        story("move", Act::Move { to }, [new, new], new),
        story("uninstall", Act::Uninstall, [None, new], None),
        story(
            "install beside",
            Act::InstallBeside {
                version: version(NEW),
            },
            [old, old],
            old,
        ),
        story(
            "update, one goes",
            Act::Install {
                version: version(NEWEST),
            },
            [new, Some(NEWEST)],
            Some(NEWEST),
        ),
        recovery("recover update", "update=delivery.current.before", OLD),
        recovery("recover done update", "update=delivery.current.after", NEW),
        recovery("recover repair", "repair=delivery.journal.after", NEW),
        recovery("recover move", "move=delivery.receipt.before", NEW),
        recovery("recover done move", "move=delivery.receipt.after", NEW),
    ]
}

impl Stage {
    /// Publishes three releases and remembers the disk before each act and after it.
    pub(super) async fn set(world: World) -> Self {
        let mut stage = Self {
            world,
            releases: BTreeMap::new(),
            trees: BTreeMap::new(),
            ends: BTreeMap::new(),
        };
        for (seed, version) in [(1, OLD), (2, NEW), (3, NEWEST)] {
            stage.publish(seed, version).await;
        }
        stage.keep("install");
        stage.install(OLD).await;
        stage.keep("update");
        stage.keep("install beside");
        stage.install(NEW).await;
        stage.keep("rollback");
        stage.keep("move");
        stage.harm();
        stage.keep("repair");
        stage.restore_as("move");
        stage.put_own_files();
        stage.keep("uninstall");
        stage.keep("update, one goes");
        for story in stories(&stage) {
            stage.begin(&story).await;
            stage.restore(&story);
            stage.run_to_the_end(&story, "undisturbed").await;
            let end = stage.names();
            stage.ends.insert(story.name, end);
        }
        stage
    }

    pub(super) fn new_place(&self) -> Utf8PathBuf {
        self.world.path.join("elsewhere/draft")
    }

    /// Puts the disk back to what the act begins with.
    pub(super) fn restore(&self, story: &Story) {
        self.restore_as(story.name);
    }

    /// Recovers every root that there may be, as a client does before it relies on one.
    pub(super) async fn recover(&self) {
        for root in [self.world.root(), self.new_place()] {
            let recovered = patiently(async || toolcrib_delivery::recover(&root)).await;
            recovered.expect("recovered");
        }
    }

    /// One of the two releases that may be there is, whole; or none, where that may be.
    pub(super) fn assert_old_or_new(&self, story: &Story, place: &str) {
        let current = self.current();
        let version = current.as_ref().map(|(version, _)| version.as_str());
        assert!(story.either.contains(&version), "{place}: {version:?} is current");
        self.assert_own_files(story, place);
        let Some((version, tree)) = &current else { return };
        if story.mends() {
            return self.assert_each_old_or_new(tree, place);
        }
        self.assert_whole(version, tree, place);
    }

    /// What the act was to bring about is so, and nothing else is on the disk.
    pub(super) fn assert_ended(&self, story: &Story, place: &str) {
        let current = self.current();
        let version = current.as_ref().map(|(version, _)| version.as_str());
        assert_eq!(version, story.end, "{place}");
        if let Some((version, tree)) = &current {
            self.assert_whole(version, tree, place);
        }
        if let Act::InstallBeside { version } = &story.act {
            self.assert_whole(version, &self.tree_of(version), place);
        }
        self.assert_own_files(story, place);
        assert_eq!(self.names(), self.ends[story.name], "{place}");
    }

    /// A release has all that belongs to it, as it should be, and beside it nothing but a person's files.
    fn assert_whole(&self, version: &str, tree: &Utf8Path, place: &str) {
        let mut found = snapshot(tree);
        for (_, path, _) in OWN.iter().filter(|own| own.0 == version) {
            found.remove(*path);
        }
        assert!(found == self.trees[version], "{place}: {version} is not whole");
    }

    /// Each of a person's files is there once, wherever, and as it was.
    fn assert_own_files(&self, story: &Story, place: &str) {
        for (version, path, content) in OWN.iter().filter(|_| story.has_own_files()) {
            let kept = self.world.root().join("your-files").join(version);
            let found =
                [self.tree_of(version), kept].map(|folder| std::fs::read_to_string(folder.join(path)));
            let found: Vec<String> = found.into_iter().filter_map(Result::ok).collect();
            assert_eq!(found, [*content], "{place}: {version}/{path}");
        }
    }

    /// Does the same again, undisturbed; what has happened already is no error.
    pub(super) async fn run_to_the_end(&self, story: &Story, place: &str) {
        let world = &self.world;
        match &story.act {
            Act::Install { version } | Act::InstallFrom { version, .. } if self.is_current(version) => {}
            Act::Install { version } | Act::InstallFrom { version, .. } => self.install(version).await,
            Act::InstallBeside { version } => self.install_beside(version).await,
            Act::Repair { .. } => {}
            Act::RollBack { version } => {
                let version = version.parse().expect("a version");
                let (root, receipt) = (world.root(), world.receipt_path());
                match patiently(async || toolcrib_delivery::rollback(&root, &receipt, Some(&version))).await {
                    Ok(_) | Err(Error::AlreadyCurrent { .. }) => {}
                    Err(error) => panic!("{place}: {error}"),
                }
            }
            Act::Move { to } => {
                let (progress, _) = watch::channel(Progress::default());
                let (receipt, stop) = (world.receipt_path(), Stop::new());
                let moved =
                    patiently(async || toolcrib_delivery::relocate(&receipt, to, &stop, &progress)).await;
                moved.unwrap_or_else(|error| panic!("{place}: {error}"));
            }
            Act::Uninstall => self.uninstall().await,
            Act::Recover => self.recover().await,
        }
        // A recovery that could not put everything in its place leaves the rest to the next repair.
        if story.mends() {
            let repaired = patiently(async || world.repair(&self.releases[NEW]).await).await;
            repaired.unwrap_or_else(|error| panic!("{place}: {error}"));
        }
    }

    async fn install_beside(&self, version: &str) {
        let releases = toolcrib_delivery::releases(&self.world.root()).expect("reads");
        let mut versions = releases.iter().map(|release| release.receipt.version.to_string());
        if versions.any(|here| here == version) {
            return;
        }
        let plan = || self.world.plan(&self.releases[version]).beside();
        let installed = patiently(async || carry_out_plan(&self.world, plan(), &Stop::new()).await).await;
        installed.expect("installed beside");
    }

    async fn uninstall(&self) {
        if let Some(receipt) = self.world.receipt() {
            let (progress, _) = watch::channel(Progress::default());
            let path = self.world.receipt_path();
            let uninstalled = patiently(async || {
                toolcrib_delivery::uninstall(&receipt, &path, Removal::default(), &progress)
            })
            .await;
            uninstalled.expect("uninstalled");
        }
    }

    fn is_current(&self, version: &str) -> bool {
        self.current().is_some_and(|(current, _)| current == version)
    }

    /// What would be launched: the version and the tree that the receipt names, if its root agrees.
    fn current(&self) -> Option<(String, Utf8PathBuf)> {
        let receipt = self.world.receipt()?;
        let root = Utf8PathBuf::from(&receipt.root);
        let current = toolcrib_delivery::current(&root).expect("reads")?;
        assert_eq!(
            (&current.version, &current.tree),
            (&receipt.version, &receipt.tree)
        );
        Some((receipt.version.to_string(), root.join(receipt.tree.as_str())))
    }

    fn assert_each_old_or_new(&self, tree: &Utf8Path, place: &str) {
        let harmed = snapshot(&self.template("repair").join("apps/draft/releases").join(NEW));
        for (path, what) in snapshot(tree) {
            let known = [harmed.get(&path), self.trees[NEW].get(&path)];
            assert!(known.contains(&Some(&what)), "{place}: {path} is {what}");
        }
    }

    async fn publish(&mut self, seed: u64, version: &'static str) {
        let tree = self
            .world
            .tree(version)
            .program("bin/draft", &format!("#!/bin/sh\necho {version}\n"))
            .program("bin/setup", "#!/bin/sh\necho $1 > $TMPDIR/note\n")
            .file("core/data.bin", noise(seed, 3 << 20))
            .file("core/same.bin", noise(9, 3 << 20))
            .file("core/edited.bin", edited(version))
            .file("empty.txt", "")
            .folder("empty/folder")
            .small_files(6);
        #[cfg(unix)]
        let tree = tree.link("bin/tool", "draft");
        self.trees.insert(version, snapshot(&tree.0));
        let earlier: &[&str] = match version {
            NEW => &[OLD],
            NEWEST => &[NEW],
            _ => &[],
        };
        let release = self
            .world
            .publish_with_patches(version, &tree, PRODUCT_FILE, earlier)
            .await;
        self.releases.insert(version, release);
    }

    async fn install(&self, version: &str) {
        let release = &self.releases[version];
        let installed = patiently(async || self.world.install(release).await).await;
        installed.expect("installed");
    }

    fn tree_of(&self, version: &str) -> Utf8PathBuf {
        self.world.root().join("releases").join(version)
    }

    fn put_own_files(&self) {
        for (version, path, content) in OWN {
            std::fs::write(self.tree_of(version).join(path), content).expect("written");
        }
    }

    /// Harms the current release: a file is damaged, and one that the other release has, too; a folder and a link are
    /// gone.
    fn harm(&self) {
        let tree = self.world.current_tree();
        for name in ["core/data.bin", "core/same.bin"] {
            let mut bytes = std::fs::read(tree.join(name)).expect("a file");
            bytes[1 << 20] ^= 1;
            std::fs::remove_file(tree.join(name)).expect("removed");
            std::fs::write(tree.join(name), bytes).expect("written");
        }
        std::fs::remove_dir_all(tree.join("lib/group-03")).expect("removed");
        let _ = std::fs::remove_file(tree.join("bin/tool"));
    }

    /// What a recovery begins with is what the kill of another act leaves.
    async fn begin(&self, story: &Story) {
        let Some((act, point)) = story.after.and_then(|after| after.split_once('=')) else {
            return;
        };
        let killed = stories(self)
            .into_iter()
            .find(|story| story.name == act)
            .expect("a story");
        self.restore(&killed);
        let status = end_of(self.world.child(killed.act, Some(&format!("{point}=kill")))).await;
        assert!(was_killed(status), "{}: {point}: {status:?}", story.name);
        self.keep(story.name);
    }

    fn template(&self, name: &str) -> Utf8PathBuf {
        self.world.path.join("templates").join(name)
    }

    fn keep(&self, name: &str) {
        for place in PLACES {
            copy(&self.world.path.join(place), &self.template(name).join(place));
        }
    }

    fn restore_as(&self, name: &str) {
        for place in PLACES {
            let path = self.world.path.join(place);
            let _ = std::fs::remove_dir_all(&path);
            copy(&self.template(name).join(place), &path);
        }
    }

    /// The name of everything on the disk.
    fn names(&self) -> Vec<String> {
        let below = |place: &str| {
            let path = self.world.path.join(place);
            let found = if path.exists() {
                snapshot(&path)
            } else {
                Snapshot::new()
            };
            found
                .into_keys()
                .map(move |name| format!("{place}/{name}"))
                .collect::<Vec<_>>()
        };
        // Locks end with their process; the file means nothing.
        let is_lasting = |name: &String| !name.ends_with("/lock");
        PLACES.into_iter().flat_map(below).filter(is_lasting).collect()
    }
}

/// Tries again for a while where the root is busy: a process that another test is just starting holds for an instant
/// whatever is open here, locks too.
async fn patiently<T>(mut act: impl AsyncFnMut() -> Result<T, Error>) -> Result<T, Error> {
    for _ in 0..100 {
        match act().await {
            Err(Error::Busy { .. }) => tokio::time::sleep(Duration::from_millis(20)).await,
            done => return done,
        }
    }
    act().await
}

/// Copies a tree as it is; one that is not there leaves nothing.
fn copy(from: &Utf8Path, to: &Utf8Path) {
    if !from.exists() {
        return;
    }
    std::fs::create_dir_all(to).expect("a folder");
    for entry in from.read_dir_utf8().expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            copy(entry.path(), &target);
        } else if kind.is_symlink() {
            #[cfg(unix)]
            std::os::unix::fs::symlink(entry.path().read_link_utf8().expect("a link"), target)
                .expect("a link");
        } else {
            std::fs::copy(entry.path(), target).expect("a copy");
        }
    }
}

/// A file that a few bytes turn from one release's into the other's.
fn edited(version: &str) -> Vec<u8> {
    let mut content = noise(11, 2 << 20);
    content[1 << 20..][..version.len()].copy_from_slice(version.as_bytes());
    content
}
