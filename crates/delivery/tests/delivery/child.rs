//! A process of its own, to be killed: this same test program, asked for one of its tests.

use crate::world::{self, World, pace};
use async_trait::async_trait;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};
use tokio::sync::watch;
use toolcrib_delivery::{
    LinkError, Links, Mirrors, Order, Outcome, Pace, Plan, Progress, Recovered, Removal, Source, Stop,
};
use toolcrib_machine::clock::SystemClock;
use toolcrib_model::Digest;
use toolcrib_net::SafeUrl;
use toolcrib_net::peers::PeerAddress;

const TASK: &str = "TOOLCRIB_TEST_TASK";

/// What the child does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Act {
    Install {
        version: String,
    },
    /// Beside the release that is current.
    InstallBeside {
        version: String,
    },
    /// With parts that lie in a folder, and with little memory.
    InstallFrom {
        version: String,
        folder: Utf8PathBuf,
    },
    Uninstall,
    Recover,
    RollBack {
        version: String,
    },
    Repair {
        version: String,
    },
    Move {
        to: Utf8PathBuf,
    },
}

#[derive(Serialize, Deserialize)]
struct Task {
    act: Act,
    world: Utf8PathBuf,
    link: String,
    /// The computers of the network.
    peers: Vec<SocketAddr>,
}

/// Processes that do one thing in this world, and may be killed at a fault point.
impl World {
    pub(crate) fn child_installing(&self, version: &str, fault: Option<&str>) -> Child {
        self.child(
            Act::Install {
                version: version.to_owned(),
            },
            fault,
        )
    }

    pub(crate) fn child_installing_beside(&self, version: &str, fault: Option<&str>) -> Child {
        self.child(
            Act::InstallBeside {
                version: version.to_owned(),
            },
            fault,
        )
    }

    pub(crate) fn child_uninstalling(&self, fault: Option<&str>) -> Child {
        self.child(Act::Uninstall, fault)
    }

    pub(crate) fn child_rolling_back(&self, version: &str, fault: Option<&str>) -> Child {
        self.child(
            Act::RollBack {
                version: version.to_owned(),
            },
            fault,
        )
    }

    pub(crate) fn child_repairing(&self, version: &str, fault: Option<&str>) -> Child {
        self.child(
            Act::Repair {
                version: version.to_owned(),
            },
            fault,
        )
    }

    pub(crate) fn child_moving(&self, to: &Utf8Path, fault: Option<&str>) -> Child {
        self.child(Act::Move { to: to.to_owned() }, fault)
    }

    pub(crate) fn child_recovering(&self, fault: Option<&str>) -> Child {
        self.child(Act::Recover, fault)
    }

    pub(crate) fn recover(&self) -> Recovered {
        toolcrib_delivery::recover(&self.root()).expect("recovered")
    }

    pub(crate) fn child(&self, act: Act, fault: Option<&str>) -> Child {
        self.child_noting(act, fault, None)
    }

    /// As [`World::child`]; the names of the fault points that it passes are added to a file.
    pub(crate) fn child_noting(&self, act: Act, fault: Option<&str>, notes: Option<&Utf8Path>) -> Child {
        let task = Task {
            act,
            world: self.path.clone(),
            link: self.origin.link("DIGEST"),
            peers: addresses(&self.links.known_peers()),
        };
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.args([
            "child::works",
            "--exact",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ]);
        command.env(TASK, serde_json::to_string(&task).expect("serialises"));
        command.env("TOOLCRIB_FAULT", fault.unwrap_or_default());
        if let Some(notes) = notes {
            command.env("TOOLCRIB_FAULT_NOTES", notes);
        }
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a child")
    }
}

/// Waits for a child without keeping the origin from serving it.
pub(crate) async fn end_of(mut child: Child) -> ExitStatus {
    tokio::task::spawn_blocking(move || child.wait().expect("a status"))
        .await
        .expect("joined")
}

/// Whether a process was ended by SIGKILL.
pub(crate) fn was_killed(status: ExitStatus) -> bool {
    #[cfg(unix)]
    return std::os::unix::process::ExitStatusExt::signal(&status) == Some(9);
    #[cfg(not(unix))]
    return !status.success();
}

fn addresses(peers: &[PeerAddress]) -> Vec<SocketAddr> {
    let parsed = peers.iter().map(|peer| peer.to_string().parse());
    parsed.collect::<Result<_, _>>().expect("addresses")
}

struct PlainLinks(String, Vec<SocketAddr>);

#[async_trait]
impl Links for PlainLinks {
    async fn links(&self, files: &[Digest]) -> Result<Vec<Mirrors>, LinkError> {
        let link =
            |file: &Digest| SafeUrl::parse(&self.0.replace("DIGEST", &file.to_string())).expect("a URL");
        Ok(files.iter().map(|file| vec![link(file)]).collect())
    }

    async fn peers(&self) -> Vec<PeerAddress> {
        self.1.iter().copied().filter_map(PeerAddress::new).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "other tests start it as a process of its own"]
async fn works() {
    let Ok(task) = std::env::var(TASK) else { return };
    let Task {
        act,
        world,
        link,
        peers,
    } = serde_json::from_str(&task).expect("a task");
    let links = PlainLinks(link, peers);
    let root = world.join("apps").join(world::PRODUCT);
    match act {
        Act::Install { version } => install(&world, &root, &version, links).await,
        Act::InstallBeside { version } => install_beside(&world, &root, &version, links).await,
        Act::InstallFrom { version, folder } => install_from(&world, &root, (&version, folder), links).await,
        Act::Uninstall => uninstall(&world),
        Act::Repair { version } => repair(&world, &root, &version, links).await,
        Act::Move { to } => relocate(&world, &to),
        Act::RollBack { version } => roll_back(&world, &root, &version),
        Act::Recover => drop(toolcrib_delivery::recover(&root).expect("recovered")),
    }
}

async fn install(world: &Utf8Path, root: &Utf8Path, version: &str, links: PlainLinks) {
    let release = world::open(&world.join("catalogue"), version).await;
    run(planned(world::order(&release, world, root), pace()), links).await;
}

async fn install_beside(world: &Utf8Path, root: &Utf8Path, version: &str, links: PlainLinks) {
    let release = world::open(&world.join("catalogue"), version).await;
    let plan = planned(world::order(&release, world, root), pace());
    run(plan.beside(), links).await;
}

async fn install_from(
    world: &Utf8Path,
    root: &Utf8Path,
    (version, folder): (&str, Utf8PathBuf),
    links: PlainLinks,
) {
    let release = world::open(&world.join("catalogue"), version).await;
    let order = Order {
        sources: vec![Source::Parts(folder)],
        ..world::order(&release, world, root)
    };
    let pace = Pace {
        buffer_bytes: 8 << 20,
        workers: 1,
        ..pace()
    };
    run(planned(order, pace), links).await;
}

fn planned(order: Order, pace: Pace) -> Plan {
    toolcrib_delivery::plan(order).expect("a plan").at_pace(pace)
}

async fn run(plan: Plan, links: PlainLinks) {
    let (progress, _) = watch::channel(Progress::default());
    let (http, stop) = (world::http(), Stop::new());
    if !links.1.is_empty() {
        world::leave_to_peers(&http);
    }
    let installing = toolcrib_delivery::install(plan, &http, &links, &stop, progress, &SystemClock);
    assert!(matches!(
        installing.await.expect("installed"),
        Outcome::Installed(_)
    ));
}

async fn repair(world: &Utf8Path, root: &Utf8Path, version: &str, links: PlainLinks) {
    let release = world::open(&world.join("catalogue"), version).await;
    let order = world::order(&release, world, root);
    let http = world::http();
    world::repair(order, &http, &links).await.expect("repaired");
}

fn relocate(world: &Utf8Path, to: &Utf8Path) {
    let receipt = world
        .join("home/receipts")
        .join(format!("{}.json", world::PRODUCT));
    let (progress, _) = watch::channel(Progress::default());
    let moved = toolcrib_delivery::relocate(&receipt, to, &Stop::new(), &progress);
    assert!(moved.expect("moved").is_some());
}

fn roll_back(world: &Utf8Path, root: &Utf8Path, version: &str) {
    let receipt = world
        .join("home/receipts")
        .join(format!("{}.json", world::PRODUCT));
    let version = version.parse().expect("a version");
    toolcrib_delivery::rollback(root, &receipt, Some(&version)).expect("rolled back");
}

fn uninstall(world: &Utf8Path) {
    let path = world
        .join("home/receipts")
        .join(format!("{}.json", world::PRODUCT));
    let receipt = serde_json::from_slice(&std::fs::read(&path).expect("a receipt")).expect("a receipt");
    let (progress, _) = watch::channel(Progress::default());
    toolcrib_delivery::uninstall(&receipt, &path, Removal::default(), &progress).expect("uninstalled");
}
