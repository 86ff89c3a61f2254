//! What a release leaves in the Windows registry.

use toolcrib_machine::registry::{self, Content};
use toolcrib_machine::{Error as MachineError, windows_text};
use toolcrib_wire::receipt::RegistryContent;

pub(super) fn set(key: &str, name: &str, content: &RegistryContent) -> Result<(), MachineError> {
    registry::set(key, name, &kept(content))
}

pub(super) fn restore(
    key: &str,
    name: &str,
    ours: &RegistryContent,
    before: Option<&RegistryContent>,
) -> Result<(), MachineError> {
    registry::restore(key, name, &kept(ours), before.map(kept).as_ref())
}

/// What a value holds now; `None` also where the system does not say.
pub(crate) fn found(key: &str, name: &str) -> Option<RegistryContent> {
    match registry::read(key, name) {
        Ok(found) => found.map(told),
        Err(error) => {
            tracing::warn!(%error, key, name, "What the registry holds before an installation is not known.");
            None
        }
    }
}

/// The same content once what lies below `from` lies below `to`.
pub(super) fn carry(content: &mut RegistryContent, from: &str, to: &str) {
    match content {
        RegistryContent::Text { text } | RegistryContent::Template { text } => {
            *text = carried(text, from, to);
        }
        RegistryContent::Other { .. } => {}
    }
}

/// The same text once what lies below `from` lies below `to`.
pub(super) fn carried(text: &str, from: &str, to: &str) -> String {
    text.replace(&windows_text::path(from), &windows_text::path(to))
}

fn kept(content: &RegistryContent) -> Content {
    match content {
        RegistryContent::Text { text } => Content::Text(text.clone()),
        RegistryContent::Template { text } => Content::Template(text.clone()),
        RegistryContent::Other { number, bytes } => Content::Other {
            kind: *number,
            bytes: bytes.clone(),
        },
    }
}

fn told(content: Content) -> RegistryContent {
    match content {
        Content::Text(text) => RegistryContent::Text { text },
        Content::Template(text) => RegistryContent::Template { text },
        Content::Other { kind, bytes } => RegistryContent::Other { number: kind, bytes },
    }
}
