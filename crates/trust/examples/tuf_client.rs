//! A client of any TUF repository, as the conformance suite of TUF calls it:
//!
//! ```text
//! tuf_client --metadata-dir DIR init ROOT
//! tuf_client --metadata-dir DIR --metadata-url URL refresh
//! tuf_client --metadata-dir DIR --metadata-url URL --target-name N --target-base-url URL --target-dir DIR download
//! ```
//!
//! It is the catalogue's own code over plain HTTP. What is trusted is kept in `trusted`, as the client keeps it; the
//! files `root.json`, `timestamp.json`, `snapshot.json` and `targets.json` beside it are for others to look at. Exit
//! status: 0 done, 1 refused or failed.
#![allow(clippy::print_stderr, reason = "this is a program")]

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toolcrib_model::Digest;
use toolcrib_net::{Http, SafeUrl, Settings};
use toolcrib_trust::catalogue::{Catalogue, Role, Source, SourceError, Trusted, refresh};
use url::Url;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            let mut cause = error.source();
            while let Some(inner) = cause {
                eprintln!("  because {inner}");
                cause = inner.source();
            }
            ExitCode::from(1)
        }
    }
}

async fn run(given: &Arguments) -> Outcome<()> {
    let store = Store(PathBuf::from(given.flag("metadata-dir")?));
    match given.words.first().map(String::as_str) {
        Some("init") => {
            let root = std::fs::read(given.words.get(1).ok_or("init needs a root")?)?;
            store.keep(&Trusted::from_root(root))
        }
        Some("refresh") => refreshed(given, &store).await.map(drop),
        Some("download") => {
            let (catalogue, web) = refreshed(given, &store).await?;
            download(given, &catalogue, &web).await
        }
        _ => Err("the commands are init, refresh and download".into()),
    }
}

/// Judges, then stores: also what was believed before something failed.
async fn refreshed(given: &Arguments, store: &Store) -> Outcome<(Catalogue, Web)> {
    let web = Web {
        http: Http::new(Settings::new("tuf-client"))?,
        metadata: Url::parse(given.flag("metadata-url")?)?,
        targets: given.flag("target-base-url").ok().map(Url::parse).transpose()?,
    };
    let mut trusted = store.find()?;
    let outcome = refresh(&mut trusted, &web, Timestamp::now()).await;
    store.keep(&trusted)?;
    Ok((outcome?, web))
}

async fn download(given: &Arguments, catalogue: &Catalogue, web: &Web) -> Outcome<()> {
    let name = given.flag("target-name")?;
    let blob = catalogue.target(name).ok_or("there is no such target")?;
    // Names have folders and may have anything else: the file is named by the digest of the name.
    let place = Path::new(given.flag("target-dir")?).join(Digest::of(name.as_bytes()).to_string());
    if std::fs::read(&place).is_ok_and(|held| catalogue.judge_target(name, &held).is_ok()) {
        return Ok(());
    }
    let path = catalogue.target_path(name).ok_or("there is no such target")?;
    let bytes = web
        .target(&path, blob.length)
        .await?
        .ok_or("the target is not there")?;
    catalogue.judge_target(name, &bytes)?;
    Ok(std::fs::write(place, bytes)?)
}

/// The folder of what is trusted.
struct Store(PathBuf);

impl Store {
    fn find(&self) -> Outcome<Trusted> {
        Ok(Trusted::from_stored(&std::fs::read(self.0.join("trusted"))?)?)
    }

    fn keep(&self, trusted: &Trusted) -> Outcome<()> {
        let laid = self.0.join("trusted.new");
        std::fs::write(&laid, trusted.to_stored())?;
        std::fs::rename(laid, self.0.join("trusted"))?;
        for role in [Role::Root, Role::Timestamp, Role::Snapshot, Role::Targets] {
            if let Some(raw) = trusted.seen().file(role) {
                std::fs::write(self.0.join(format!("{role}.json")), raw)?;
            }
        }
        Ok(())
    }
}

/// A repository behind two addresses.
struct Web {
    http: Http,
    metadata: Url,
    targets: Option<Url>,
}

impl Web {
    async fn fetch(&self, base: &Url, path: &str, max: u64) -> Outcome<Option<Bytes>> {
        let mut url = base.clone();
        url.path_segments_mut()
            .map_err(|()| "no address for files")?
            .pop_if_empty()
            .extend(path.split('/'));
        match self.http.fetch(&SafeUrl::parse(url.as_str())?, max).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.status(), Some(403 | 404)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

#[async_trait]
impl Source for Web {
    async fn metadata(&self, name: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        let fetched = self.fetch(&self.metadata, name, max).await;
        fetched.map_err(|error| SourceError::new(error.to_string()))
    }

    async fn target(&self, path: &str, max: u64) -> Result<Option<Bytes>, SourceError> {
        let Some(base) = &self.targets else {
            return Err(SourceError::new("--target-base-url is missing"));
        };
        let fetched = self.fetch(base, path, max).await;
        fetched.map_err(|error| SourceError::new(error.to_string()))
    }
}

/// The flags with their values, and the words between them.
#[derive(Default)]
struct Arguments {
    flags: HashMap<String, String>,
    words: Vec<String>,
}

impl Arguments {
    fn parse() -> Self {
        let (mut parsed, mut rest) = (Self::default(), std::env::args().skip(1));
        while let Some(argument) = rest.next() {
            match argument.strip_prefix("--") {
                Some(flag) => {
                    let value = rest.next().unwrap_or_default();
                    parsed.flags.insert(flag.to_owned(), value);
                }
                None => parsed.words.push(argument),
            }
        }
        parsed
    }

    fn flag(&self, name: &str) -> Result<&str, String> {
        let value = self.flags.get(name).map(String::as_str);
        value.ok_or_else(|| format!("--{name} is missing"))
    }
}
