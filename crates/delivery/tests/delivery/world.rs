//! A vendor with a catalogue, an origin that serves its parts, and a computer to install on.

use crate::trees::Tree;
use async_trait::async_trait;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use toolcrib_delivery::{
    Connections, Error, Examination, LinkError, Links, Mirrors, Order, Outcome, Pace, Plan, Progress, Rank,
    Scripts, Sharing, Shortcuts, Stop,
};
use toolcrib_machine::clock::SystemClock;
use toolcrib_machine::folders::PersonFolders;
use toolcrib_model::{ComponentId, Digest, Platform, RelPath, Version};
use toolcrib_net::peers::PeerAddress;
use toolcrib_net::{Http, ProxyChoice, SafeUrl, Settings};
use toolcrib_publish::package::{Identity, Making};
use toolcrib_publish::progress::Unwatched;
use toolcrib_publish::{Addition, FolderSource, Lifetimes};
use toolcrib_testkit::origin::Origin;
use toolcrib_trust::catalogue::{Trusted, refresh};
use toolcrib_trust::package::{TrustedIndex, TrustedManifest, TrustedPatches, judge_index, judge_patches};
use toolcrib_wire::receipt::Receipt;

pub(crate) const PRODUCT: &str = "draft";

/// Everything that a test needs; gone when it is dropped.
pub(crate) struct World {
    _folder: tempfile::TempDir,
    pub(crate) path: Utf8PathBuf,
    pub(crate) origin: Arc<Origin>,
    pub(crate) links: OriginLinks,
    pub(crate) http: Http,
    /// The size that no part exceeds, in bytes.
    pub(crate) part_bytes: u64,
}

/// A published release.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    pub(crate) manifest: TrustedManifest,
    pub(crate) index: TrustedIndex,
}

impl Release {
    /// The bytes of all chunks as stored.
    pub(crate) fn stored_bytes(&self) -> u64 {
        self.index
            .index()
            .chunks
            .iter()
            .map(|chunk| u64::from(chunk.stored_length))
            .sum()
    }

    pub(crate) fn parts(&self) -> Vec<String> {
        self.manifest
            .manifest()
            .parts
            .iter()
            .map(|part| part.sha256.to_string())
            .collect()
    }
}

/// Links that the origin gives out, and how often they were asked for.
#[derive(Clone)]
pub(crate) struct OriginLinks {
    origin: Arc<Origin>,
    /// Others that serve the same, named before it.
    pub(crate) mirrors: Vec<Arc<Origin>>,
    /// How near those are; the origin is far.
    pub(crate) mirrors_are: Rank,
    pub(crate) asked: Arc<AtomicUsize>,
    /// The computers of the network that may have something.
    peers: Arc<Mutex<Vec<PeerAddress>>>,
}

impl OriginLinks {
    /// From now on these computers are on the network.
    pub(crate) fn know(&self, peers: &[PeerAddress]) {
        *self.peers.lock().expect("nobody panicked") = peers.to_vec();
    }

    pub(crate) fn known_peers(&self) -> Vec<PeerAddress> {
        self.peers.lock().expect("nobody panicked").clone()
    }
}

#[async_trait]
impl Links for OriginLinks {
    async fn links(&self, files: &[Digest]) -> Result<Vec<Mirrors>, LinkError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let link =
            |origin: &Origin, file: &Digest| SafeUrl::parse(&origin.link(&file.to_string())).expect("a URL");
        let origins = || self.mirrors.iter().chain([&self.origin]);
        Ok(files
            .iter()
            .map(|file| origins().map(|origin| link(origin, file)).collect())
            .collect())
    }

    async fn peers(&self) -> Vec<PeerAddress> {
        self.known_peers()
    }

    fn rank(&self, asked: &SafeUrl) -> Rank {
        let of = |origin: &Origin| SafeUrl::parse(&origin.link("")).expect("a URL");
        match self.mirrors.iter().any(|mirror| of(mirror).is_same_origin(asked)) {
            true => self.mirrors_are,
            false => Rank::Far,
        }
    }
}

impl World {
    /// A vendor without releases and a computer without products.
    pub(crate) async fn new() -> Self {
        Self::on(tempfile::tempdir().expect("a folder")).await
    }

    /// The same in a folder of some other disk.
    pub(crate) async fn on(folder: tempfile::TempDir) -> Self {
        let path = Utf8PathBuf::from_path_buf(folder.path().canonicalize().expect("a path")).expect("UTF-8");
        for name in ["home/receipts", "home/menu", "apps"] {
            std::fs::create_dir_all(path.join(name)).expect("a folder");
        }
        let (catalogue, keys) = (path.join("catalogue"), path.join("keys"));
        toolcrib_publish::init(&catalogue, &keys, Lifetimes::default(), &SystemClock).expect("a catalogue");
        let origin = Arc::new(Origin::start().await);
        let links = OriginLinks {
            origin: origin.clone(),
            mirrors: Vec::new(),
            mirrors_are: Rank::Far,
            asked: Arc::default(),
            peers: Arc::default(),
        };
        Self {
            _folder: folder,
            path,
            origin,
            links,
            http: http(),
            part_bytes: 4 << 20,
        }
    }

    /// An empty folder to be filled and published.
    pub(crate) fn tree(&self, name: &str) -> Tree {
        let path = self.path.join("input").join(name);
        std::fs::create_dir_all(&path).expect("a folder");
        Tree(path)
    }

    /// Publishes a tree as a release, and serves its parts.
    pub(crate) async fn publish(&self, version: &str, tree: &Tree, product: &str) -> Release {
        self.publish_with_patches(version, tree, product, &[]).await
    }

    /// Publishes a tree as a release with patches from earlier ones, and serves all that belongs to it.
    pub(crate) async fn publish_with_patches(
        &self,
        version: &str,
        tree: &Tree,
        product: &str,
        from: &[&str],
    ) -> Release {
        self.publish_package(identity(PRODUCT, version), tree, product, from)
            .await
    }

    /// Publishes a tree as a release of another product, and serves all that belongs to it.
    #[cfg(unix)]
    pub(crate) async fn publish_other(
        &self,
        product: &str,
        version: &str,
        tree: &Tree,
        file: &str,
    ) -> Release {
        self.publish_package(identity(product, version), tree, file, &[])
            .await
    }

    async fn publish_package(
        &self,
        identity: Identity,
        tree: &Tree,
        product: &str,
        from: &[&str],
    ) -> Release {
        let product_file = self
            .path
            .join(format!("{}-{}.toml", identity.product, identity.version));
        std::fs::write(&product_file, product).expect("a file");
        let addition = Addition {
            identity: identity.clone(),
            from: tree.0.clone(),
            strip_prefix: None,
            product_file: Some(product_file),
            sbom: None,
            making: Making {
                level: 1,
                part_bytes: self.part_bytes,
                threads: None,
            },
            patch_from: from
                .iter()
                .map(|version| version.parse().expect("a version"))
                .collect(),
            lifetimes: Lifetimes::default(),
        };
        let (catalogue, keys) = (self.path.join("catalogue"), self.path.join("keys"));
        toolcrib_publish::add(&catalogue, &keys, &addition, &SystemClock, &Unwatched).expect("published");
        let release = open_package(&catalogue, &identity).await;
        for blob in release.manifest.manifest().content() {
            let bytes =
                std::fs::read(catalogue.join("content").join(blob.sha256.to_string())).expect("a file");
            assert_eq!(self.origin.add(bytes), blob.sha256.to_string());
        }
        release
    }

    pub(crate) fn root(&self) -> Utf8PathBuf {
        self.path.join("apps").join(PRODUCT)
    }

    pub(crate) fn receipt_path(&self) -> Utf8PathBuf {
        self.path.join("home/receipts").join(format!("{PRODUCT}.json"))
    }

    pub(crate) fn menu(&self) -> Utf8PathBuf {
        self.path.join("home/menu")
    }

    /// The receipt, if there is one.
    pub(crate) fn receipt(&self) -> Option<Receipt> {
        let bytes = std::fs::read(self.receipt_path()).ok()?;
        Some(serde_json::from_slice(&bytes).expect("a receipt"))
    }

    /// The tree of the current release.
    pub(crate) fn current_tree(&self) -> Utf8PathBuf {
        let current = toolcrib_delivery::current(&self.root())
            .expect("reads")
            .expect("something is installed");
        self.root().join(current.tree.as_str())
    }

    /// The version of the current release.
    pub(crate) fn current_version(&self) -> Option<String> {
        toolcrib_delivery::current(&self.root())
            .expect("reads")
            .map(|current| current.version.to_string())
    }

    pub(crate) fn order(&self, release: &Release) -> Order {
        order(release, &self.path, &self.root())
    }

    pub(crate) fn plan(&self, release: &Release) -> Plan {
        toolcrib_delivery::plan(self.order(release)).expect("a plan")
    }

    /// Installs a release, undisturbed.
    pub(crate) async fn install(&self, release: &Release) -> Result<Outcome, Error> {
        self.install_until(release, &Stop::new()).await
    }

    /// What is wrong with the current release.
    pub(crate) fn examine(&self, release: &Release) -> Examination {
        examine(self.order(release))
    }

    /// Examines and repairs the current release.
    pub(crate) async fn repair(&self, release: &Release) -> Result<Outcome, Error> {
        repair(self.order(release), &self.http, &self.links).await
    }

    /// Installs a release until somebody stops it.
    pub(crate) async fn install_until(&self, release: &Release, stop: &Stop) -> Result<Outcome, Error> {
        carry_out(self, self.order(release), pace(), stop).await
    }

    /// Waits until so many bytes of a release are held.
    ///
    /// # Panics
    /// When that takes longer than a minute.
    pub(crate) async fn wait_for_held(&self, release: &Release, bytes: u64) {
        let held = async {
            while self.plan(release).sizes().bytes_held < bytes {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), held)
            .await
            .expect("so much is held within a minute");
    }

    /// Installs a release at the steady pace.
    pub(crate) async fn install_steadily(&self, release: &Release) -> Result<Outcome, Error> {
        install_steadily(self, self.order(release)).await
    }
}

/// What is wrong with the current release, which the order names.
pub(crate) fn examine(order: Order) -> Examination {
    let (progress, _) = watch::channel(Progress::default());
    let examined = toolcrib_delivery::examine(order, &Stop::new(), &progress);
    examined.expect("examined").expect("nobody stopped it")
}

/// Examines and repairs the current release, which the order names, at the steady pace.
pub(crate) async fn repair(order: Order, http: &Http, links: &dyn Links) -> Result<Outcome, Error> {
    let (progress, _) = watch::channel(Progress::default());
    let examined = examine(order).at_pace(steady_pace());
    toolcrib_delivery::repair(examined, http, links, &Stop::new(), progress, &SystemClock).await
}

/// Carries out an order, undisturbed.
pub(crate) async fn install(world: &World, order: Order) -> Result<Outcome, Error> {
    carry_out(world, order, pace(), &Stop::new()).await
}

/// The same at the steady pace.
pub(crate) async fn install_steadily(world: &World, order: Order) -> Result<Outcome, Error> {
    carry_out(world, order, steady_pace(), &Stop::new()).await
}

/// Carries out an order until somebody stops it.
pub(crate) async fn carry_out(
    world: &World,
    order: Order,
    pace: Pace,
    stop: &Stop,
) -> Result<Outcome, Error> {
    let plan = toolcrib_delivery::plan(order)?.at_pace(pace);
    carry_out_plan(world, plan, stop).await
}

/// Carries out a plan until somebody stops it.
pub(crate) async fn carry_out_plan(world: &World, plan: Plan, stop: &Stop) -> Result<Outcome, Error> {
    let (progress, _) = watch::channel(Progress::default());
    toolcrib_delivery::install(plan, &world.http, &world.links, stop, progress, &SystemClock).await
}

/// The pace of most tests: three connections at most, two workers.
pub(crate) fn pace() -> Pace {
    Pace {
        connections: Connections::at_most(3),
        workers: 2,
        ..Pace::default()
    }
}

/// One connection, so that nobody takes the rest of a span over from one that is slow for a moment: what is served is then
/// what was asked for, however busy the computer is.
pub(crate) fn steady_pace() -> Pace {
    Pace {
        connections: Connections::at_most(1),
        ..pace()
    }
}

/// Leaves to peers what they promised, however slow a busy computer makes them: under a limit, and be it one that nobody
/// reaches, no server helps them.
pub(crate) fn leave_to_peers(http: &Http) {
    http.throttle().limit("900MB".parse().ok());
}

/// A network without proxies, with more patience than a good origin needs, however busy the computer is: whoever loses
/// patience with one fetches bytes twice.
pub(crate) fn http() -> Http {
    http_patient_for(Duration::from_secs(30))
}

/// The same where an origin falls silent and is to be left.
pub(crate) fn impatient_http() -> Http {
    http_patient_for(Duration::from_secs(2))
}

fn http_patient_for(silence: Duration) -> Http {
    let settings = Settings {
        stall_timeout: silence,
        connect_timeout: silence,
        proxy: ProxyChoice::Direct,
        ..Settings::new("toolcrib-tests")
    };
    Http::new(settings).expect("a network")
}

/// Opens a published release as a client does.
pub(crate) async fn open(catalogue: &Utf8Path, version: &str) -> Release {
    open_package(catalogue, &identity(PRODUCT, version)).await
}

async fn open_package(catalogue: &Utf8Path, identity: &Identity) -> Release {
    let source = FolderSource::new(catalogue.to_owned());
    let root = std::fs::read(catalogue.join("metadata/1.root.json")).expect("a root");
    let now = jiff::Timestamp::now();
    let opened = refresh(&mut Trusted::from_root(root), &source, now)
        .await
        .expect("a catalogue");
    let listing = opened.listing(&source).await.expect("a listing");
    let listed = listing.products[&identity.product]
        .releases
        .iter()
        .find(|release| release.version == identity.version);
    let manifest = opened
        .manifest(&source, listed.expect("is listed"))
        .await
        .expect("a manifest");
    let stored = std::fs::read(
        catalogue
            .join("content")
            .join(manifest.manifest().index.sha256.to_string()),
    );
    let index = judge_index(&manifest, &stored.expect("an index")).expect("sound");
    Release { manifest, index }
}

/// The patches that lead to a release from the one that is current, if there are any.
fn patches(release: &Release, catalogue: &Utf8Path, root: &Utf8Path) -> Option<TrustedPatches> {
    let current = toolcrib_delivery::current(root).ok().flatten()?;
    let mut sets = release.manifest.manifest().patches.iter();
    let set = sets.find(|set| set.from_index == current.index)?;
    let stored =
        std::fs::read(catalogue.join("content").join(set.index.sha256.to_string())).expect("an index");
    let judged = judge_patches(&release.manifest, &release.index, &current.index, &stored);
    Some(judged.expect("sound"))
}

/// An order for everything of a release, with shortcuts in the menu of `world`.
pub(crate) fn order(release: &Release, world: &Utf8Path, root: &Utf8Path) -> Order {
    let components = release
        .manifest
        .manifest()
        .components
        .iter()
        .map(|component| component.id.clone());
    Order {
        manifest: release.manifest.clone(),
        index: release.index.clone(),
        components: components.collect::<BTreeSet<ComponentId>>(),
        sources: Vec::new(),
        neighbours: Vec::new(),
        sharing: Sharing::default(),
        scripts: Scripts::Agreed,
        patches: patches(release, &world.join("catalogue"), root),
        root: root.to_owned(),
        receipt: world.join("home/receipts").join(format!("{PRODUCT}.json")),
        shortcuts: Shortcuts {
            menu: Some(world.join("home/menu")),
            person: Some(PersonFolders {
                registry: cfg!(windows).then(|| registry(world)),
                ..PersonFolders::below(&world.join("home/person"))
            }),
            ..Shortcuts::default()
        },
    }
}

/// The key of the registry that the person of a world has everything below.
pub(crate) fn registry(world: &Utf8Path) -> String {
    let name = world.file_name().unwrap_or_default();
    format!(r"HKEY_CURRENT_USER\Software\toolcrib-test-{name}")
}

pub(crate) fn path(raw: &str) -> RelPath {
    raw.parse().expect("a path")
}

fn identity(product: &str, version: &str) -> Identity {
    Identity {
        product: product.parse().expect("an id"),
        version: version.parse::<Version>().expect("a version"),
        platform: match cfg!(windows) {
            true => Platform::WindowsX86_64,
            false => Platform::Any,
        },
        language: "en".parse().expect("a language"),
    }
}
