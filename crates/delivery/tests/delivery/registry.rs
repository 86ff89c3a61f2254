//! What a package asks of the person's Windows: made with the release, carried along, and the registry as it was after
//! it. All of it lies below a key of the test's own.
#![cfg(windows)]

use crate::trees::{Snapshot, snapshot};
use crate::world::{World, registry};
use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use tokio::sync::watch;
use toolcrib_delivery::{Progress, Removal, Stop, relocate, rollback};
use toolcrib_machine::registry::{Content, PERSON, read, set};
use windows_registry::{CURRENT_USER, Key};

const PLAIN: &str = r#"
name = "Draft"
[launch]
program = "bin/draft.exe"
"#;

const HOOKS: &str = r#"
name = "Draft"
[launch]
program = "bin/draft.exe"
[[hook]]
kind = "variable"
name = "DRAFT_HOME"
value = "{release}/share"
[[hook]]
kind = "path"
folder = "bin"
[[hook]]
kind = "association"
extension = "draft"
media_type = "application/x-draft"
description = "Draft drawing"
[[hook]]
kind = "scheme"
scheme = "toolcrib-test-draft"
[[hook]]
kind = "font"
file = "fonts/draft.ttf"
[[hook]]
kind = "service"
name = "indexer"
program = "bin/draft.exe"
arguments = ["--watch"]
"#;

/// Every key and value below a key of the person.
type Values = BTreeMap<String, Option<(u32, Vec<u8>)>>;

/// A world whose person has a registry, which goes with it.
struct Desk {
    world: World,
    key: String,
}

impl Desk {
    async fn new() -> Self {
        let world = World::new().await;
        let key = registry(&world.path);
        let environment = format!(r"{key}\Environment");
        let path = Content::Template(r"%USERPROFILE%\bin;C:\theirs;".to_owned());
        set(&environment, "Path", &path).expect("theirs");
        let theirs = Content::Text("theirs".to_owned());
        set(&environment, "DRAFT_HOME", &theirs).expect("theirs");
        std::fs::create_dir_all(world.path.join("home/person")).expect("a folder");
        Self { world, key }
    }

    fn text(&self, below: &str, name: &str) -> String {
        let key = format!(r"{}\{below}", self.key);
        match read(&key, name).expect("read") {
            Some(Content::Text(text) | Content::Template(text)) => text,
            other => panic!("{key} {name}: {other:?}"),
        }
    }

    fn person(&self) -> Snapshot {
        snapshot(&self.world.path.join("home/person"))
    }

    fn values(&self) -> Values {
        let below = self.key.strip_prefix(PERSON).expect("the person's");
        let mut values = Values::new();
        collect(
            &CURRENT_USER.open(below.trim_start_matches('\\')).expect("there"),
            "",
            &mut values,
        );
        values
    }

    async fn install(&self, version: &str, product_file: &str) {
        let tree = self
            .world
            .tree(version)
            .file("bin/draft.exe", version)
            .file("fonts/draft.ttf", format!("a font of {version}"));
        let release = self.world.publish(version, &tree, product_file).await;
        self.world.install(&release).await.expect("installed");
        let skipped = self.world.receipt().expect("a receipt").skipped;
        assert_eq!(skipped, [], "nothing is left out");
    }

    fn tree(&self) -> String {
        self.world.current_tree().as_str().replace('/', r"\")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let below = self.key.trim_start_matches(PERSON).trim_start_matches('\\');
        let _ = CURRENT_USER.remove_tree(below);
    }
}

fn collect(key: &Key, place: &str, into: &mut Values) {
    for (name, value) in key.values().expect("values") {
        into.insert(
            format!("{place}:{name}"),
            Some((value.ty().into(), value.to_vec())),
        );
    }
    for name in key.keys().expect("keys") {
        let place = format!(r"{place}\{name}");
        collect(&key.open(&name).expect("a key"), &place, into);
        into.insert(place, None);
    }
}

fn uninstall(world: &World) {
    let (progress, _) = watch::channel(Progress::default());
    let receipt = world.receipt().expect("a receipt");
    toolcrib_delivery::uninstall(&receipt, &world.receipt_path(), Removal::default(), &progress)
        .expect("uninstalled");
}

fn font_of(desk: &Desk) -> (Utf8PathBuf, String) {
    let fonts = r"Software\Microsoft\Windows NT\CurrentVersion\Fonts";
    let path = Utf8PathBuf::from(desk.text(fonts, "toolcrib-draft fonts-draft.ttf (TrueType)"));
    let content = std::fs::read_to_string(&path).expect("a font");
    (path, content)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_is_made_and_goes_with_the_product() {
    let desk = Desk::new().await;
    let before = (desk.values(), desk.person());
    desk.install("1.0.0", HOOKS).await;
    let tree = desk.tree();
    assert_eq!(desk.text("Environment", "DRAFT_HOME"), format!("{tree}/share"));
    assert_eq!(
        desk.text("Environment", "Path"),
        format!(r"{tree}\bin;%USERPROFILE%\bin;C:\theirs;")
    );
    let kind = r"Software\Classes\Toolcrib.draft.draft";
    assert_eq!(desk.text(kind, ""), "Draft drawing");
    assert_eq!(
        desk.text(&format!(r"{kind}\shell\open\command"), ""),
        format!(r#""{tree}\bin\draft.exe" "%1""#)
    );
    let openers = r"Software\Classes\.draft\OpenWithProgids";
    assert_eq!(desk.text(openers, "Toolcrib.draft.draft"), "");
    let scheme = r"Software\Classes\toolcrib-test-draft";
    assert_eq!(desk.text(scheme, "URL Protocol"), "");
    let run = r"Software\Microsoft\Windows\CurrentVersion\Run";
    assert_eq!(
        desk.text(run, "toolcrib-draft-indexer"),
        format!(r#""{tree}\bin\draft.exe" "--watch""#)
    );
    assert_eq!(font_of(&desk).1, "a font of 1.0.0");
    uninstall(&desk.world);
    assert_eq!((desk.values(), desk.person()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_and_a_rollback_carry_it_along() {
    let desk = Desk::new().await;
    let before = (desk.values(), desk.person());
    desk.install("1.0.0", PLAIN).await;
    assert_eq!((desk.values(), desk.person()), before);
    desk.install("1.1.0", HOOKS).await;
    let hooked = (desk.values(), desk.person());
    let back = || rollback(&desk.world.root(), &desk.world.receipt_path(), None).expect("switched");
    back();
    assert_eq!(
        (desk.values(), desk.person()),
        before,
        "the release before asked for nothing"
    );
    back();
    assert_eq!((desk.values(), desk.person()), hooked, "forward again");
    desk.install("1.2.0", HOOKS).await;
    let tree = desk.tree();
    assert_eq!(
        desk.text("Environment", "Path"),
        format!(r"{tree}\bin;%USERPROFILE%\bin;C:\theirs;"),
        "one entry, in the place of the other"
    );
    assert_eq!(font_of(&desk).1, "a font of 1.2.0");
    assert_eq!(
        desk.values().into_keys().collect::<Vec<_>>(),
        hooked.0.into_keys().collect::<Vec<_>>()
    );
    uninstall(&desk.world);
    assert_eq!((desk.values(), desk.person()), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_write_between_two_switches_comes_back() {
    let desk = Desk::new().await;
    desk.install("1.0.0", PLAIN).await;
    desk.install("1.1.0", HOOKS).await;
    let back = || rollback(&desk.world.root(), &desk.world.receipt_path(), None).expect("switched");
    back();
    let environment = format!(r"{}\Environment", desk.key);
    set(&environment, "DRAFT_HOME", &Content::Text("newer".to_owned())).expect("theirs");
    back();
    assert!(desk.text("Environment", "DRAFT_HOME").ends_with("share"));
    uninstall(&desk.world);
    assert_eq!(desk.text("Environment", "DRAFT_HOME"), "newer");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_points_it_at_the_new_place_and_others_keep_what_they_wrote() {
    let desk = Desk::new().await;
    desk.install("1.0.0", HOOKS).await;
    let (progress, _) = watch::channel(Progress::default());
    let to = desk.world.path.join("elsewhere");
    relocate(&desk.world.receipt_path(), &to, &Stop::new(), &progress).expect("moved");
    let tree = format!(r"{to}\releases\1.0.0").replace('/', r"\");
    assert_eq!(desk.text("Environment", "DRAFT_HOME"), format!("{tree}/share"));
    let list = desk.text("Environment", "Path");
    assert_eq!(list, format!(r"{tree}\bin;%USERPROFILE%\bin;C:\theirs;"));
    let environment = format!(r"{}\Environment", desk.key);
    let longer = Content::Template(format!(r"C:\newer;{list}"));
    set(&environment, "Path", &longer).expect("theirs");
    set(&environment, "DRAFT_HOME", &Content::Text("newer".to_owned())).expect("theirs");
    uninstall(&desk.world);
    assert_eq!(
        desk.text("Environment", "Path"),
        r"C:\newer;%USERPROFILE%\bin;C:\theirs;"
    );
    assert_eq!(desk.text("Environment", "DRAFT_HOME"), "newer");
}
