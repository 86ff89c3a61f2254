//! A sealed environment: a vendor's catalogue, a running account service, a client's home; all in one folder that goes.

use crate::programs::{Run, at, program, run};
use camino::{Utf8Path, Utf8PathBuf};
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The sample product.
pub const SAMPLE: &str = "sample-studio";

/// A vendor, a service and a client, as real programs on real files.
pub struct Sandbox {
    folder: tempfile::TempDir,
    service: Option<Child>,
    introduction: Introduction,
    /// By how much all clocks are off, such as `+29d`.
    offset: Option<String>,
}

/// What the service says of itself once it is ready.
#[derive(Clone, Debug, Deserialize)]
pub struct Introduction {
    /// Where it answers.
    pub url: String,
    /// Who can sign in.
    pub accounts: Vec<Account>,
    /// What can be had.
    pub products: Vec<String>,
}

/// Somebody who can sign in.
#[derive(Clone, Debug, Deserialize)]
pub struct Account {
    /// The User ID.
    pub user_id: String,
    /// The password.
    pub password: String,
    /// The customer.
    pub organisation: String,
    /// The roles.
    pub roles: Vec<String>,
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
        let (service, introduction) = start_service(path_of(&folder), "127.0.0.1:0", None);
        Self {
            folder,
            service: Some(service),
            introduction,
            offset: None,
        }
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
        if let Some(mut service) = self.service.take() {
            let _ = Command::new("kill")
                .args(["-TERM", &service.id().to_string()])
                .status();
            let _ = service.wait();
        }
    }

    /// Starts the service again where it was.
    ///
    /// # Panics
    /// When it does not start.
    pub fn restart_service(&mut self) {
        self.stop_service();
        let listen = self.introduction.url.trim_start_matches("http://").to_owned();
        let (service, introduction) = start_service(self.folder(), &listen, self.offset.as_deref());
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
        let command = self.command_now(words);
        match &self.offset {
            Some(offset) => at(offset, command),
            None => command,
        }
    }

    fn command_now(&self, words: &[&str]) -> Command {
        let mut command = Command::new(program("toolcrib"));
        command
            .args(words)
            .env("TOOLCRIB_HOME", self.home())
            .env("TOOLCRIB_SERVER", self.url());
        command
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env_remove("DISPLAY")
            .env("NO_COLOR", "1");
        command.env("XDG_DATA_HOME", self.folder().join("xdg-data"));
        command
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
        let metrics = http_get(self.url(), "/metrics");
        let line = metrics
            .lines()
            .find(|line| line.starts_with("toolcrib_content_bytes_total"));
        let number = line
            .and_then(|line| line.rsplit(' ').next())
            .and_then(|number| number.parse().ok());
        number.unwrap_or_else(|| panic!("the service counts its content bytes: {metrics}"))
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

fn start_service(folder: &Utf8Path, listen: &str, offset: Option<&str>) -> (Child, Introduction) {
    let mut command = Command::new(program("toolcrib-service"));
    command.args(["demo", "--json", "--listen", listen]);
    command.args([
        "--data",
        folder.join("service").as_str(),
        "--catalogue",
        folder.join("catalogue").as_str(),
    ]);
    if let Some(offset) = offset {
        command = at(offset, command);
    }
    let log = fs_err::File::create(folder.join("service.log")).expect("a log file");
    let mut service = command
        .stdout(Stdio::piped())
        .stderr(Stdio::from(log.into_file()))
        .spawn()
        .expect("the account service starts");
    let stdout = service.stdout.take().expect("its output");
    let mut line = String::new();
    BufReader::new(stdout)
        .read_line(&mut line)
        .expect("its first line");
    let introduction = serde_json::from_str(&line).unwrap_or_else(|error| {
        let log = fs_err::read_to_string(folder.join("service.log")).unwrap_or_default();
        panic!("the service did not introduce itself ({error}): {line}\n{log}")
    });
    (service, introduction)
}

/// The sample vendor's catalogue, published once for each test program.
fn published() -> &'static Utf8Path {
    static PUBLISHED: OnceLock<Utf8PathBuf> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        // Kept for the whole test program, so its folder is not tied to one test.
        let folder = tempfile::Builder::new()
            .prefix("toolcrib-vendor-")
            .tempdir()
            .expect("a folder")
            .keep();
        let vendor = Vendor::new(Utf8PathBuf::from_path_buf(folder).expect("a UTF-8 path"));
        vendor.publish("init", &[]).ends_with(0);
        vendor.sample("1.0.0");
        vendor.sample("1.1.0");
        vendor.catalogue()
    })
}

fn publish(catalogue: &Utf8Path, keys: &Utf8Path, verb: &str, more: &[&str]) -> Run {
    let mut command = Command::new(program("toolcrib-publish"));
    command.args([verb, "--catalogue", catalogue.as_str(), "--keys", keys.as_str()]);
    command.args(more);
    run(command, "")
}

/// The vendor's side: keys, a catalogue, and the publisher's program.
pub struct Vendor(Utf8PathBuf);

impl Vendor {
    /// A vendor who works in `folder`.
    pub fn new(folder: Utf8PathBuf) -> Self {
        Self(folder)
    }

    /// The catalogue.
    pub fn catalogue(&self) -> Utf8PathBuf {
        self.0.join("catalogue")
    }

    /// Runs one command of `toolcrib-publish` on this catalogue.
    pub fn publish(&self, verb: &str, more: &[&str]) -> Run {
        publish(&self.catalogue(), &self.0.join("keys"), verb, more)
    }

    /// Publishes a version of a small product that is only files, and promotes it. The text describes it, apart from
    /// its files.
    ///
    /// # Panics
    /// When it cannot be published.
    pub fn small(&self, product: &str, version: &str, described: &str) {
        self.small_with(product, version, described, &[]);
    }

    /// As [`Vendor::small`], with further files: their paths, and what is in them. What begins as a script can be executed.
    ///
    /// # Panics
    /// When it cannot be published.
    pub fn small_with(&self, product: &str, version: &str, described: &str, more: &[(&str, &str)]) {
        let work = self.0.join("work").join(format!("{product}-{version}"));
        let files = work.join("files");
        fs_err::create_dir_all(&files).expect("a folder");
        let lines = (0..40_000).map(|number| format!("{product} {version} {number}\n"));
        fs_err::write(files.join("lines.txt"), lines.collect::<String>()).expect("written");
        for (path, content) in more {
            write(&files.join(path), content);
        }
        fs_err::write(work.join("product.toml"), described).expect("written");
        let named = ["--product", product, "--version", version];
        let made = ["--platform", "any", "--language", "en"];
        let (from, file) = (files.as_str(), work.join("product.toml"));
        let from = ["--from", from, "--product-file", file.as_str()];
        self.publish("add", &[&named[..], &made[..], &from[..]].concat())
            .ends_with(0);
        self.publish("promote", &[&named[..], &["--channel", "stable"]].concat())
            .ends_with(0);
    }

    /// Publishes a version of the sample product and promotes it, in parts small enough that there are several.
    ///
    /// # Panics
    /// When it cannot be published.
    pub fn sample(&self, version: &str) {
        let package = self.0.join("work").join(version);
        let mut studio = Command::new(program("sample-studio"));
        studio.args(["package", "--version", version, "--to", package.as_str()]);
        run(studio, "").ends_with(0);
        let (files, described) = (package.join("files"), package.join("product.toml"));
        let words = [
            "--product",
            SAMPLE,
            "--version",
            version,
            "--platform",
            "linux-x86_64",
            "--language",
            "en",
        ];
        let more = [
            "--from",
            files.as_str(),
            "--product-file",
            described.as_str(),
            "--part-size",
            "4 MiB",
            "--level",
            "3",
        ];
        self.publish("add", &[&words[..], &more[..]].concat())
            .ends_with(0);
        let news = package.join("whats-new.txt");
        fs_err::write(&news, format!("Version {version} brings more templates.\n")).expect("written");
        let promoted = ["--product", SAMPLE, "--version", version, "--channel", "stable"];
        self.publish(
            "promote",
            &[&promoted[..], &["--whats-new", news.as_str()]].concat(),
        )
        .ends_with(0);
    }
}

fn write(path: &Utf8Path, content: &str) {
    fs_err::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs_err::write(path, content).expect("written");
    #[cfg(unix)]
    if content.starts_with("#!") {
        use std::os::unix::fs::PermissionsExt as _;
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(0o755)).expect("made executable");
    }
}

/// Copies a tree of files and folders.
///
/// # Panics
/// When something cannot be read or written.
pub fn copy_tree(from: &Utf8Path, to: &Utf8Path) {
    fs_err::create_dir_all(to).expect("the folder is made");
    for entry in from.read_dir_utf8().expect("the folder can be read") {
        let entry = entry.expect("the entry can be read");
        let target = to.join(entry.file_name());
        match entry.file_type().expect("the entry has a kind").is_dir() {
            true => copy_tree(entry.path(), &target),
            false => drop(fs_err::copy(entry.path(), target).expect("the file is copied")),
        }
    }
}

fn http_get(server: &str, path: &str) -> String {
    use std::io::{Read as _, Write as _};
    let address = server.trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(address).expect("the service answers");
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("the request is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the answer is text");
    answer
}

fn path_of(folder: &tempfile::TempDir) -> &Utf8Path {
    Utf8Path::from_path(folder.path()).expect("temporary folders have UTF-8 paths")
}
