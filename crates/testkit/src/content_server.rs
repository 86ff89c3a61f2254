//! A company's own content server, as the real program, that can be killed and started again where it was.

use crate::http;
use crate::programs::{kill, program, run, until};
use crate::service;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running content server.
#[derive(Debug)]
pub struct ContentServer {
    folder: Utf8PathBuf,
    from: String,
    url: String,
    child: Option<Child>,
}

impl ContentServer {
    /// A content server for the account service at `from`, whose things lie in `folder`.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(folder: &Utf8Path, from: &str, more: &[&str]) -> Self {
        let mut server = Self {
            folder: folder.to_owned(),
            from: from.to_owned(),
            url: "http://127.0.0.1:0".to_owned(),
            child: None,
        };
        server.start_again(more);
        server
    }

    /// Starts it where it was, with what it held.
    ///
    /// # Panics
    /// As [`ContentServer::start`].
    pub fn start_again(&mut self, more: &[&str]) {
        fs_err::create_dir_all(&self.folder).expect("a folder");
        // Its port may be taken for a moment, by a connection of somebody else.
        let (child, url) = until("a port that is free again", Duration::from_secs(90), || {
            let (mut child, line) = self.spawn(more);
            match line.trim().strip_prefix("listening on ") {
                Some(url) => Some((child, url.to_owned())),
                None if line.is_empty() && self.log().contains("Address already in use") => {
                    let _ended = child.wait();
                    None
                }
                None => panic!("it said `{line}`: {}", self.log()),
            }
        });
        self.url = url;
        self.child = Some(child);
    }

    /// The program, and the first line that it says.
    fn spawn(&self, more: &[&str]) -> (Child, String) {
        let listen = self.url.trim_start_matches("http://");
        let mut command = Command::new(program("toolcrib-service"));
        command.args(["mirror", "--from", &self.from, "--listen", listen]);
        command.args(["--data", self.folder.as_str()]).args(more);
        let log = fs_err::File::create(self.folder.join("log.txt")).expect("a log file");
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::from(log.into_file()))
            .spawn()
            .expect("the content server starts");
        let stdout = child.stdout.take().expect("its output");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("its first line");
        (child, line)
    }

    /// Where it answers.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it keeps files.
    pub fn content(&self) -> Utf8PathBuf {
        self.folder.join("content")
    }

    /// What it wrote for its operator since it started.
    pub fn log(&self) -> String {
        fs_err::read_to_string(self.folder.join("log.txt")).unwrap_or_default()
    }

    /// What it counted since it started.
    ///
    /// # Panics
    /// When it does not answer.
    pub fn stats(&self) -> Value {
        let body = http::get(&self.url, "/stats").body;
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{error}: {body}"))
    }

    /// What `mirror-status` prints of it.
    ///
    /// # Panics
    /// When that fails.
    pub fn status(&self, more: &[&str]) -> String {
        let mut command = Command::new(program("toolcrib-service"));
        command.args(["mirror-status", "--at", &self.url]).args(more);
        run(command, "").ends_with(0).stdout
    }

    /// Ends it as a crash would.
    pub fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            kill(child.id());
            let _ = child.wait();
        }
    }
}

impl Drop for ContentServer {
    fn drop(&mut self) {
        if let Some(child) = self.child.take() {
            service::stop(child);
        }
    }
}
