//! Components: what is chosen is fetched and installed, and nothing else.

use crate::trees::{noise, snapshot};
use crate::world::{World, install, install_steadily};
use std::time::Duration;
use toolcrib_delivery::{Order, Stop};

const PRODUCT_FILE: &str = r#"
name = "Draft"
[[component]]
id = "core"
name = "Core"
kind = "required"
files = ["core/**"]
[[component]]
id = "samples"
name = "Samples"
kind = "optional"
files = ["samples/**"]
"#;

async fn world() -> (World, crate::world::Release) {
    let world = World::new().await;
    let tree = world
        .tree("1.0.0")
        .file("core/engine.bin", noise(1, 3 << 20))
        .file("samples/one.bin", noise(2, 5 << 20));
    let release = world.publish("1.0.0", &tree, PRODUCT_FILE).await;
    (world, release)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_chosen_is_fetched_and_required_components_are_always_chosen() {
    let (world, release) = world().await;
    let order = Order {
        components: [].into(),
        ..world.order(&release)
    };
    let plan = toolcrib_delivery::plan(order.clone()).expect("a plan");
    let core = &release.manifest.manifest().components[0];
    assert_eq!(
        (plan.sizes().stored_bytes, plan.sizes().installed_bytes),
        (core.stored_bytes, core.installed_bytes)
    );

    install(&world, order).await.expect("installed");
    let installed: Vec<_> = snapshot(&world.current_tree()).into_keys().collect();
    assert_eq!(installed, ["core", "core/engine.bin"]);
    // Of a slow connection another one takes the rest over, so some bytes may be sent twice; the samples are 5 MiB.
    assert!(world.origin.served_bytes() < core.stored_bytes + (2 << 20));
    assert_eq!(
        world.receipt().expect("a receipt").components,
        ["core".parse().expect("an id")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_component_is_refused_by_name() {
    let (world, release) = world().await;
    let mut order = world.order(&release);
    order.components.insert("extras".parse().expect("an id"));
    let refused = install(&world, order).await.expect_err("refused");
    assert_eq!(refused.to_string(), "the release has no component `extras`");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_choice_after_a_pause_keeps_what_both_need() {
    let (world, release) = world().await;
    world.origin.limit_speed(6 << 20);
    let core_alone = || Order {
        components: [].into(),
        ..world.order(&release)
    };
    let stop = Stop::new();
    let pausing = async {
        // What was sent is not held yet, on a busy computer for a while.
        let held = || {
            toolcrib_delivery::plan(core_alone())
                .expect("a plan")
                .sizes()
                .bytes_held
        };
        while held() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        stop.pause();
    };
    let pausing = tokio::time::timeout(Duration::from_secs(60), pausing);
    let (outcome, paused) = tokio::join!(world.install_until(&release, &stop), pausing);
    paused.expect("something of it is held within a minute");
    outcome.expect("paused");
    world.origin.limit_speed(0);
    let before = world.origin.served_bytes();

    install_steadily(&world, core_alone()).await.expect("installed");
    let installed: Vec<_> = snapshot(&world.current_tree()).into_keys().collect();
    assert_eq!(installed, ["core", "core/engine.bin"]);
    let core = &release.manifest.manifest().components[0];
    assert!(
        world.origin.served_bytes() - before < core.stored_bytes,
        "some of it was held"
    );
}
