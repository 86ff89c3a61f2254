//! This computer by itself: the home folder, the room on its disk, the store of secrets.

use super::Finding;
use crate::client::Client;
use crate::view::{CheckView, Subject};
use std::sync::atomic::{AtomicU64, Ordering};
use toolcrib_machine::files;
use toolcrib_machine::secrets::SecretStore;
use toolcrib_model::ByteSize;

/// Less than this hardly lets records be written.
const HARDLY_ANY: u64 = 64 << 20;
/// Less than this lets no ordinary product be installed.
const LITTLE: u64 = 2 << 30;
/// What is written into the secret store and taken out again: a locked store may say yes and keep nothing.
const PROBE: &str = "doctor-probe";

/// What was found, in the order in which a person would look.
pub(super) fn checks(client: &Client) -> Vec<CheckView> {
    vec![home(client), disk(client), secrets(&*client.0.secrets)]
}

fn home(client: &Client) -> CheckView {
    let root = client.0.home.root();
    let probe = root.join(format!(".{}", probe_name()));
    let tried = files::replace(&probe, b"toolcrib").and_then(|()| files::remove_file(&probe));
    match tried {
        Ok(()) => CheckView::good(Subject::Home, format!("{root} can be written to.")),
        Err(error) => CheckView::found(Subject::Home, Finding::HomeUnusable, error.to_string()),
    }
}

/// A name that no other look has, in this process or elsewhere: one would take away what the other looks for.
fn probe_name() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    format!("{PROBE}-{}-{number}", std::process::id())
}

fn disk(client: &Client) -> CheckView {
    let root = client.0.home.root();
    match files::space(root) {
        Ok(space) => {
            let text = format!("{} free at {root}.", ByteSize(space.free));
            match space.free {
                free if free < HARDLY_ANY => CheckView::found(Subject::Disk, Finding::DiskFull, text),
                free if free < LITTLE => CheckView::found(Subject::Disk, Finding::DiskLow, text),
                _ => CheckView::good(Subject::Disk, text),
            }
        }
        Err(error) => CheckView::found(Subject::Disk, Finding::HomeUnusable, error.to_string()),
    }
}

fn secrets(store: &dyn SecretStore) -> CheckView {
    let probe = probe_name();
    let kept = store
        .write(&probe, PROBE.as_bytes())
        .and_then(|()| store.read(&probe))
        .and_then(|kept| store.remove(&probe).map(|()| kept));
    match kept {
        Ok(Some(kept)) if kept.expose() == PROBE.as_bytes() => {
            CheckView::good(Subject::Secrets, format!("Kept in {}.", store.place()))
        }
        Ok(_) => CheckView::found(
            Subject::Secrets,
            Finding::SecretsUnusable,
            format!("{} says yes and keeps nothing.", store.place()),
        ),
        Err(error) => CheckView::found(Subject::Secrets, Finding::SecretsUnusable, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Options;
    use camino::Utf8PathBuf;

    #[test]
    fn many_may_look_at_this_computer_at_the_same_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = Utf8PathBuf::from_path_buf(folder.path().join("home")).expect("a UTF-8 path");
        let options = Options {
            home: Some(home.clone()),
            ..Options::default()
        };
        let client = Client::open(options).expect("a client");
        let look = || {
            for _ in 0..50 {
                let both = [super::home(&client), secrets(&*client.0.secrets)];
                for check in both {
                    assert!(check.passes(), "{check:?}");
                }
            }
        };
        std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(look))));
    }
}
