//! What a package asks of the person's system: made with the release, as it was after it, and told where it is left out.
#![cfg(target_os = "linux")]

use crate::trees::{Snapshot, snapshot};
use crate::world::{Release, World};
use camino::Utf8PathBuf;
use std::collections::BTreeSet;
use tokio::sync::watch;
use toolcrib_delivery::{Order, Progress, Removal, Stop, relocate, rollback, settings};
use toolcrib_machine::clock::SystemClock;

const PLAIN: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
"#;

const HOOKS: &str = r#"
name = "Draft"
[launch]
program = "bin/draft"
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
scheme = "draft"
[[hook]]
kind = "font"
file = "fonts/draft.ttf"
[[hook]]
kind = "service"
name = "indexer"
program = "bin/draft"
arguments = ["--watch"]
[[settings]]
name = "Settings of Draft"
base = "config"
folder = "draft"
"#;

async fn publish(world: &World, version: &str, product_file: &str) -> Release {
    let tree = world
        .tree(version)
        .program("bin/draft", version)
        .file("fonts/draft.ttf", format!("a font of {version}"));
    world.publish(version, &tree, product_file).await
}

async fn install(world: &World, version: &str, product_file: &str) {
    let release = publish(world, version, product_file).await;
    world.install(&release).await.expect("installed");
}

/// A person who has files and folders already.
async fn world() -> (World, Snapshot) {
    let world = World::new().await;
    std::fs::create_dir_all(person(&world, "config/environment.d")).expect("a folder");
    let theirs = "[Added Associations]\ntext/plain=edit.desktop;\n";
    std::fs::write(person(&world, "config/mimeapps.list"), theirs).expect("a file");
    let before = home(&world);
    (world, before)
}

fn person(world: &World, path: &str) -> Utf8PathBuf {
    world.path.join("home/person").join(path)
}

fn text(world: &World, path: &str) -> String {
    std::fs::read_to_string(person(world, path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn home(world: &World) -> Snapshot {
    snapshot(&world.path.join("home/person"))
}

fn uninstall(world: &World, chosen: &[Utf8PathBuf]) {
    let (progress, _) = watch::channel(Progress::default());
    let receipt = world.receipt().expect("a receipt");
    let also = Removal {
        settings: chosen,
        ..Removal::default()
    };
    toolcrib_delivery::uninstall(&receipt, &world.receipt_path(), also, &progress).expect("uninstalled");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_is_made_and_goes_with_the_product() {
    let (world, before) = world().await;
    install(&world, "1.0.0", HOOKS).await;
    let tree = world.current_tree();
    let expected = [
        (
            "config/environment.d/60-toolcrib-draft-DRAFT_HOME.conf",
            format!("DRAFT_HOME=\"{tree}/share\"\n"),
        ),
        (
            "config/environment.d/60-toolcrib-draft-path-bin.conf",
            format!("PATH=\"{tree}/bin:${{PATH}}\"\n"),
        ),
        (
            "data/fonts/toolcrib-draft/draft.ttf",
            "a font of 1.0.0".to_owned(),
        ),
    ];
    for (path, content) in expected {
        assert_eq!(text(&world, path), content, "{path}");
    }
    let list = text(&world, "config/mimeapps.list");
    for line in [
        "text/plain=edit.desktop;",
        "application/x-draft=toolcrib-draft-draft.desktop;",
        "x-scheme-handler/draft=toolcrib-draft-scheme-draft.desktop;",
    ] {
        assert!(list.contains(line), "{line}: {list}");
    }
    assert!(text(&world, "data/mime/packages/toolcrib-draft-draft.xml").contains("*.draft"));
    assert!(text(&world, "data/applications/toolcrib-draft-draft.desktop").contains("%f"));
    let unit = text(
        &world,
        "config/systemd/user/default.target.wants/toolcrib-draft-indexer.service",
    );
    assert!(
        unit.contains(&format!("ExecStart=\"{tree}/bin/draft\" \"--watch\"")),
        "{unit}"
    );
    uninstall(&world, &[]);
    assert_eq!(home(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_and_a_rollback_carry_it_along() {
    let (world, before) = world().await;
    install(&world, "1.0.0", PLAIN).await;
    assert_eq!(home(&world), before);
    install(&world, "1.1.0", HOOKS).await;
    let hooked = home(&world);
    rollback(&world.root(), &world.receipt_path(), None).expect("rolled back");
    assert_eq!(home(&world), before, "the release before asked for nothing");
    rollback(&world.root(), &world.receipt_path(), None).expect("forward again");
    assert_eq!(home(&world), hooked);
    install(&world, "1.2.0", HOOKS).await;
    assert_eq!(
        text(&world, "data/fonts/toolcrib-draft/draft.ttf"),
        "a font of 1.2.0"
    );
    assert_eq!(
        home(&world).into_keys().collect::<Vec<_>>(),
        hooked.into_keys().collect::<Vec<_>>()
    );
    uninstall(&world, &[]);
    assert_eq!(home(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_points_it_at_the_new_place() {
    let (world, before) = world().await;
    install(&world, "1.0.0", HOOKS).await;
    let (progress, _) = watch::channel(Progress::default());
    let to = world.path.join("elsewhere");
    relocate(&world.receipt_path(), &to, &Stop::new(), &progress).expect("moved");
    let variable = text(&world, "config/environment.d/60-toolcrib-draft-DRAFT_HOME.conf");
    assert_eq!(variable, format!("DRAFT_HOME=\"{to}/releases/1.0.0/share\"\n"));
    uninstall(&world, &[]);
    assert_eq!(home(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_out_is_written_down_with_the_reason() {
    let (world, before) = world().await;
    let in_components = r#"
        name = "Draft"
        [[component]]
        id = "core"
        name = "Core"
        kind = "required"
        files = ["bin/**"]
        [[component]]
        id = "fonts"
        name = "Fonts"
        kind = "optional"
        files = ["fonts/**"]
        [[hook]]
        kind = "font"
        file = "fonts/draft.ttf"
        [[hook]]
        kind = "scheme"
        scheme = "draft"
    "#;
    let release = publish(&world, "1.0.0", in_components).await;
    let order = Order {
        components: BTreeSet::new(),
        ..world.order(&release)
    };
    let (progress, _) = watch::channel(Progress::default());
    let plan = toolcrib_delivery::plan(order).expect("a plan");
    let stop = Stop::new();
    let installing =
        toolcrib_delivery::install(plan, &world.http, &world.links, &stop, progress, &SystemClock);
    installing.await.expect("installed");
    let skipped = world.receipt().expect("a receipt").skipped;
    let said: Vec<_> = skipped
        .iter()
        .map(|one| (one.hook.as_str(), one.reason.as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (
                "the font `fonts/draft.ttf`",
                "the component that it needs was not chosen"
            ),
            ("opening draft: links", "there is nothing to open it with"),
        ]
    );
    assert_eq!(home(&world), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_are_listed_and_stay_unless_they_are_chosen() {
    let (world, _) = world().await;
    let kept = person(&world, "config/draft");
    let fill = || {
        std::fs::create_dir_all(kept.join("recent")).expect("a folder");
        std::fs::write(kept.join("recent/list.txt"), "0123456789").expect("a file");
        std::fs::write(kept.join("draft.toml"), "01234").expect("a file");
    };
    install(&world, "1.0.0", HOOKS).await;
    assert_eq!(
        settings(&world.receipt().expect("a receipt")).expect("listed"),
        []
    );
    fill();
    let listed = settings(&world.receipt().expect("a receipt")).expect("listed");
    assert_eq!((listed[0].size_bytes, listed[0].file_count), (15, 2));
    assert_eq!(
        (listed[0].name.as_str(), &listed[0].path),
        ("Settings of Draft", &kept)
    );
    uninstall(&world, &[]);
    assert!(kept.exists());
    install(&world, "1.1.0", HOOKS).await;
    uninstall(&world, &[kept.clone(), world.path.join("home")]);
    assert!(
        !kept.exists() && world.menu().exists(),
        "only what the product named goes"
    );
}
