//! A folder with signed rules and a key of its own, and a server that takes one report.

use ed25519_dalek::{Signer as _, SigningKey};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use toolcrib_model::Digest;
use toolcrib_readiness::seal::{Document, Signer, Trust, open, seal};
use toolcrib_wire::readiness::{Bundle, Counts, MachineReport, MachineVerdict, Sealed, SignOff};

pub(crate) const NEVER: &str = "9999-01-01T00:00:00Z";
const BUNDLE: &str = "readiness-bundle.json";
const CHECK: &str = "019b0000-0000-7000-8000-000000000001";

/// How the program ended, and what it said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A folder in which the program is run.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
    service: SigningKey,
}

impl Bench {
    pub(crate) fn with_rules(own: &str) -> Self {
        Self::new(own, NEVER, None)
    }

    pub(crate) fn new(own: &str, expires_at: &str, report_to: Option<&str>) -> Self {
        let address = report_to.map_or_else(String::new, |url| format!(r#""report_to":"{url}","#));
        let raw = format!(
            r#"{{"schema":1,"check":"{CHECK}","title":"Autumn","issued_at":"2019-11-22T08:00:00Z","expires_at":"{expires_at}",{address}"products":[],"own":{own}}}"#
        );
        let bench = Self {
            folder: tempfile::tempdir().expect("a folder"),
            service: SigningKey::from_bytes(&[1; 32]),
        };
        let bundle: Bundle = serde_json::from_str(&raw).expect("a bundle");
        bench.keep(BUNDLE, &bundle, &bench.service);
        bench
    }

    fn keep<T: Document>(&self, name: &str, document: &T, key: &SigningKey) {
        let signer = Signer {
            public: key.verifying_key().to_bytes(),
            sign: &|bytes| key.sign(bytes).to_bytes(),
        };
        std::fs::write(self.path(name), seal(document, &signer).expect("sealed")).expect("written");
    }

    pub(crate) fn key_id(&self) -> String {
        Digest::of(self.service.verifying_key().as_bytes()).to_string()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The name of the report that was written.
    pub(crate) fn report(&self) -> String {
        let entries = std::fs::read_dir(self.folder.path()).expect("a folder").flatten();
        let mut names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.find(|name| name.starts_with("report-")).expect("a report")
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(&[], arguments)
    }

    pub(crate) fn run_with(&self, environment: &[(&str, &Path)], arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_toolcrib-check"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("HOME", self.folder.path())
            .env("XDG_DATA_HOME", self.folder.path().join("data"))
            .env_remove("DISPLAY")
            .envs(environment.iter().copied())
            .output()
            .expect("started");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run {
            status: output.status.code().expect("ended by itself"),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// The rules with another text, under the old signature.
    pub(crate) fn change_bundle(&self) {
        let bytes = std::fs::read(self.path(BUNDLE)).expect("read");
        let mut sealed: Sealed = serde_json::from_slice(&bytes).expect("an envelope");
        sealed.payload.replace_range(..4, "eyAg");
        std::fs::write(self.path(BUNDLE), serde_json::to_vec(&sealed).expect("written")).expect("written");
    }

    /// The report that the program makes, with every verdict turned to pass, signed by another device.
    pub(crate) fn forge_report(&self, name: &str) {
        self.run(&["--out", "."]);
        let bytes = std::fs::read(self.path(&self.report())).expect("read");
        let opened = open::<MachineReport>(&bytes, Trust::AnyKey).expect("opened");
        let mut report = opened.document().clone();
        let thief = SigningKey::from_bytes(&[3; 32]);
        report.device = Digest::of(thief.verifying_key().as_bytes());
        report.verdict = toolcrib_model::Verdict::Pass;
        for group in &mut report.groups {
            group.verdict = report.verdict;
            group
                .rules
                .iter_mut()
                .for_each(|rule| rule.verdict = report.verdict);
        }
        self.keep(name, &report, &thief);
    }

    /// A sign-off of one computer, which says that so many passed.
    pub(crate) fn sign_off(&self, name: &str, pass: u64) {
        let raw = format!(
            r#"{{"schema":1,"check":"{CHECK}","title":"Autumn","organisation":"Jones","bundle":"{}","products":[["sample-studio","1.2.0"]],
            "signed_by":"Ann","signed_at":"2026-11-22T10:00:00Z","counts":{{"pass":0,"warn":0,"fail":0,"silent":0}},"machines":[],"exceptions":[]}}"#,
            Digest::of(b"bundle")
        );
        let mut sign_off: SignOff = serde_json::from_str(&raw).expect("a sign-off");
        sign_off.counts = Counts {
            pass,
            ..Counts::default()
        };
        sign_off.machines = vec![MachineVerdict {
            machine: "desk-1".to_owned(),
            device: Some(Digest::of(b"key")),
            verdict: Some(toolcrib_model::Verdict::Pass),
            measured_at: None,
            report: None,
        }];
        self.keep(name, &sign_off, &self.service);
    }
}

/// A server that answers everything alike and keeps what it was sent last.
pub(crate) struct Server {
    port: u16,
    last: Arc<Mutex<Option<String>>>,
}

impl Server {
    pub(crate) fn answering(status: &str, body: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let last = Arc::new(Mutex::new(None));
        let (kept, answer) = (
            Arc::clone(&last),
            format!(
                "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            ),
        );
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let request = whole_request(&mut stream);
                *kept.lock().expect("a lock") = Some(request);
                stream.write_all(answer.as_bytes()).expect("written");
            }
        });
        Self { port, last }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/v1/reports", self.port)
    }

    pub(crate) fn received(&self) -> Option<String> {
        self.last.lock().expect("a lock").take()
    }
}

/// Head and body, as long as the head says.
fn whole_request(stream: &mut std::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lengths = head
                .lines()
                .filter_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= lengths.max().unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut piece) {
            Ok(length) if length > 0 => bytes.extend(&piece[..length]),
            _ => return text,
        }
    }
}
