//! A sealed environment: a vendor's catalogue, a running account service, a client's home; all in one folder that goes.

use crate::computer::{Computer, client};
use crate::files::copy_tree;
use crate::http::{self, Portal};
use crate::programs::{Run, at, program, run};
use crate::service;
use crate::vendor::{publish, published, published_with_pro};
use camino::{Utf8Path, Utf8PathBuf};
use std::process::{Child, Command};

pub use crate::service::{Account, Introduction};
pub use crate::vendor::{PRO, SAMPLE, Vendor};

/// A vendor, a service and a client, as real programs on real files.
pub struct Sandbox {
    folder: tempfile::TempDir,
    service: Option<Child>,
    introduction: Introduction,
    /// By how much all clocks are off, such as `+29d`.
    offset: Option<String>,
}

impl Sandbox {
    /// Publishes the sample product (once for all sandboxes of a test program) and starts a service on a copy of it.
    ///
    /// # Panics
    /// When any of it fails: a test cannot go on without.
    pub fn new() -> Self {
        Self::on(published())
    }

    /// Starts a service on a copy of a vendor's catalogue.
    ///
    /// # Panics
    /// When it does not start.
    pub fn on(published: &Utf8Path) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("toolcrib-")
            .tempdir()
            .expect("a temporary folder");
        let catalogue = path_of(&folder).join("catalogue");
        copy_tree(published, &catalogue);
        let (service, introduction) = service::start(path_of(&folder), "127.0.0.1:0", None);
        Self {
            folder,
            service: Some(service),
            introduction,
            offset: None,
        }
    }

    /// The same with [`PRO`] beside it, which asks for a serial number.
    ///
    /// # Panics
    /// As [`Sandbox::new`].
    pub fn with_pro() -> Self {
        Self::on(published_with_pro())
    }

    /// A sandbox in which `user` is signed in.
    ///
    /// # Panics
    /// When signing in fails.
    pub fn signed_in(user: &str) -> Self {
        let sandbox = Self::new();
        sandbox.sign_in(user).ends_with(0);
        sandbox
    }

    /// The folder that holds everything.
    pub fn folder(&self) -> &Utf8Path {
        path_of(&self.folder)
    }

    /// The vendor's catalogue that the service publishes.
    pub fn catalogue(&self) -> Utf8PathBuf {
        self.folder().join("catalogue")
    }

    /// Runs one command of `toolcrib-publish` on this catalogue, with the vendor's keys.
    pub fn publish(&self, verb: &str, more: &[&str]) -> Run {
        let keys = published().with_file_name("keys");
        publish(&self.catalogue(), &keys, verb, more)
    }

    /// The client's home.
    pub fn home(&self) -> Utf8PathBuf {
        self.folder().join("home")
    }

    /// Where the service answers.
    pub fn url(&self) -> &str {
        &self.introduction.url
    }

    /// The first account whose User ID contains `user`.
    ///
    /// # Panics
    /// When there is none.
    pub fn account(&self, user: &str) -> &Account {
        let found = self
            .introduction
            .accounts
            .iter()
            .find(|account| account.user_id.contains(user));
        found.unwrap_or_else(|| {
            panic!(
                "no sample account contains `{user}`: {:?}",
                self.introduction.accounts
            )
        })
    }

    /// Everybody who can sign in.
    pub fn accounts(&self) -> &[Account] {
        &self.introduction.accounts
    }

    /// Ends the service, as when it is down.
    pub fn stop_service(&mut self) {
        if let Some(service) = self.service.take() {
            service::stop(service);
        }
    }

    /// Starts the service again where it was.
    ///
    /// # Panics
    /// When it does not start.
    pub fn restart_service(&mut self) {
        self.stop_service();
        let listen = self.introduction.url.trim_start_matches("http://").to_owned();
        let (service, introduction) = service::start(self.folder(), &listen, self.offset.as_deref());
        self.service = Some(service);
        self.introduction = introduction;
    }

    /// Moves service and client to so many days from now: the service is started again there.
    ///
    /// # Panics
    /// When it does not start.
    pub fn go_to_day(&mut self, day: u32) {
        self.offset = Some(format!("+{day}d"));
        self.restart_service();
    }

    /// Moves the client alone, as when the service is not reached.
    pub fn go_to_day_alone(&mut self, day: u32) {
        self.offset = Some(format!("+{day}d"));
    }

    /// `toolcrib` with this sandbox's home, server and clock, ready to be started.
    pub fn command(&self, words: &[&str]) -> Command {
        let command = client(&self.home(), &self.folder().join("xdg-data"), self.url(), words);
        match &self.offset {
            Some(offset) => at(offset, command),
            None => command,
        }
    }

    /// Runs `toolcrib` to its end.
    pub fn toolcrib(&self, words: &[&str]) -> Run {
        run(self.command(words), "")
    }

    /// Runs `toolcrib` with a fault: `delivery.promote.before=kill`.
    pub fn toolcrib_with_fault(&self, fault: &str, words: &[&str]) -> Run {
        let mut command = self.command(words);
        command.env("TOOLCRIB_FAULT", fault);
        run(command, "")
    }

    /// Signs in the first account whose User ID contains `user`.
    pub fn sign_in(&self, user: &str) -> Run {
        let account = self.account(user);
        let password = format!("{}\n", account.password);
        run(
            self.command(&["sign-in", "--user", &account.user_id, "--password-stdin"]),
            &password,
        )
    }

    /// Another computer, which reaches the same service.
    pub fn computer(&self, name: &str) -> Computer {
        Computer::new(self.folder().join("computers").join(name), name, self.url())
    }

    /// The portal, where the first account whose User ID contains `user` has signed in.
    pub fn portal(&self, user: &str) -> Portal {
        let account = self.account(user);
        Portal::sign_in(self.url(), &account.user_id, &account.password)
    }

    /// Runs one of the operator's commands of `toolcrib-service` on the service's data, beside the one that runs.
    pub fn operator(&self, words: &[&str]) -> Run {
        let mut command = Command::new(program("toolcrib-service"));
        let data = self.folder().join("service");
        command.args(words).args(["--data", data.as_str()]);
        run(command, "")
    }

    /// Changes the service's database by hand, for what an order or an administrator brings about. Answers what it says.
    ///
    /// # Panics
    /// When the database refuses, or `sqlite3` is not installed: `cargo xtask test` does it.
    pub fn database(&self, statement: &str) -> String {
        let mut sqlite = Command::new("sqlite3");
        let file = self.folder().join("service/service.db");
        sqlite.args(["-bail", "-cmd", ".timeout 60000", file.as_str(), statement]);
        run(sqlite, "").ends_with(0).stdout.trim().to_owned()
    }

    /// How many bytes the newest release of the sample product takes to fetch, with all its components.
    ///
    /// # Panics
    /// When nobody is signed in who may have it.
    pub fn package_bytes(&self) -> u64 {
        let products = self.toolcrib(&["products", "--json"]).json();
        let mut products = products.as_array().into_iter().flatten();
        let sample = products
            .find(|one| one["product"] == SAMPLE)
            .expect("the sample product is listed");
        sample["releases"][0]["stored_bytes"]
            .as_u64()
            .expect("the release says its size")
    }

    /// How many bytes of content the service has sent since it started.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn content_bytes_sent(&self) -> u64 {
        self.counted("toolcrib_content_bytes_total")
            .unwrap_or_else(|| panic!("the service counts its content bytes"))
    }

    /// How often the service has answered an operation well since it started.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn answered(&self, operation: &str) -> u64 {
        let line = format!("toolcrib_requests_total{{operation=\"{operation}\",status=\"200\"}}");
        self.counted(&line).unwrap_or(0)
    }

    fn counted(&self, begins: &str) -> Option<u64> {
        let metrics = http::get(self.url(), "/metrics").body;
        let line = metrics.lines().find(|line| line.starts_with(begins))?;
        line.rsplit(' ').next()?.parse().ok()
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop_service();
    }
}

fn path_of(folder: &tempfile::TempDir) -> &Utf8Path {
    Utf8Path::from_path(folder.path()).expect("temporary folders have UTF-8 paths")
}
