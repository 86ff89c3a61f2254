//! A computer for the sweep: what is on its disk before each act and after it.

mod again;

use super::story::{NEW, NEWEST, OLD, Story, stories};
use crate::child::{Act, end_of, was_killed};
use crate::trees::{Snapshot, noise, snapshot};
use crate::world::{Release, World};
use again::patiently;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

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
