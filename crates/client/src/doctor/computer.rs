//! This computer by itself: the home folder, the room on its disk, the store of secrets.

use super::Finding;
use crate::client::Client;
use crate::view::{CheckView, Subject};
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
    let probe = root.join(format!(".{PROBE}-{}", std::process::id()));
    let tried = files::replace(&probe, b"toolcrib").and_then(|()| files::remove_file(&probe));
    match tried {
        Ok(()) => CheckView::good(Subject::Home, format!("{root} can be written to.")),
        Err(error) => CheckView::found(Subject::Home, Finding::HomeUnusable, error.to_string()),
    }
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
    let kept = store
        .write(PROBE, PROBE.as_bytes())
        .and_then(|()| store.read(PROBE))
        .and_then(|kept| store.remove(PROBE).map(|()| kept));
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
