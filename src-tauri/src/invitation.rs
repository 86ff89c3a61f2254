//! Links of the portal and files that were saved there: how they reach the window, and the bridge's commands for them.
//!
//! A link arrives as an argument, because that is how systems hand one over; a second start gives its arguments to the
//! first window and ends. What arrives waits in the client, and the page asks about it.

use crate::arguments::Arguments;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Parser as _;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Manager as _, RunEvent, State, Url, Wry};
use toolcrib_client::view::{InvitationStep, InvitationView, UiError};
use toolcrib_client::{Client, Error, is_link};
use toolcrib_model::Digest;

type Answer<T> = Result<T, UiError>;
type App<'a> = State<'a, Client>;

#[tauri::command]
pub(crate) async fn invitation(client: App<'_>) -> Answer<Option<InvitationView>> {
    client.invitation().await
}

#[tauri::command]
pub(crate) async fn accept_invitation(
    client: App<'_>,
    number: u32,
    step: InvitationStep,
) -> Answer<InvitationView> {
    client
        .accept_invitation(number, step)
        .await
        .map_err(Error::into_view)
}

#[tauri::command]
pub(crate) fn dismiss_invitation(client: App<'_>) {
    client.dismiss_invitation();
}

/// A link that the person typed or pasted.
#[tauri::command]
pub(crate) fn receive_invitation(client: App<'_>, link: String) -> Answer<()> {
    client.receive_link(link.trim())
}

/// Takes what the program was started with. Whether it can be used is told in the page.
pub(crate) fn receive(client: &Client, argument: &str, folder: &Utf8Path) {
    let received = match (is_link(argument), file_of(argument)) {
        (true, _) => client.receive_link(argument),
        (false, Some(file)) => client.receive_file(&file),
        (false, None) => client.receive_file(&folder.join(argument)),
    };
    if let Err(failure) = received {
        tracing::warn!(
            error = failure.message,
            "what the window was to open cannot be used"
        );
    }
}

/// Desktops may write the path of a file as a URL.
fn file_of(argument: &str) -> Option<Utf8PathBuf> {
    let url = Url::parse(argument).ok().filter(|url| url.scheme() == "file")?;
    Utf8PathBuf::from_path_buf(url.to_file_path().ok()?).ok()
}

/// One window for each home: a second start hands over what it was started with, and ends.
///
/// Without a session bus a second window opens; what it was started with waits there.
pub(crate) fn one_window(home: Option<&Utf8Path>) -> TauriPlugin<Wry> {
    let builder = tauri_plugin_single_instance::Builder::new().callback(|app, words, folder| {
        come_forward(app);
        let argument = Arguments::try_parse_from(words)
            .ok()
            .and_then(|started| started.open);
        if let Some(argument) = argument {
            receive(&app.state::<Client>(), &argument, Utf8Path::new(&folder));
        }
    });
    match home {
        Some(home) => builder.dbus_id(name_for(home)).build(),
        None => builder.build(),
    }
}

/// The name on the session bus under which the window of a home of its own is found.
fn name_for(home: &Utf8Path) -> String {
    let home = camino::absolute_utf8(home).unwrap_or_else(|_| home.to_owned());
    let digest = Digest::of(home.as_str().as_bytes()).to_string();
    format!("example.toolcrib.desktop.h{}", &digest[..16])
}

fn come_forward(app: &AppHandle) {
    for window in app.webview_windows().values() {
        // Some desktops do not let a program put itself in front; the page shows the question all the same.
        let _ = window.unminimize().and_then(|()| window.show());
        let _ = window.set_focus();
    }
}

/// macOS hands links and files over as an event.
#[cfg(target_os = "macos")]
pub(crate) fn on_event(app: &AppHandle, event: &RunEvent) {
    if let RunEvent::Opened { urls } = event {
        come_forward(app);
        for url in urls {
            receive(&app.state::<Client>(), url.as_str(), Utf8Path::new("/"));
        }
    }
}

#[cfg(not(target_os = "macos"))]
pub(crate) fn on_event(_: &AppHandle, _: &RunEvent) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_be_written_as_a_url_and_a_link_is_none() {
        assert_eq!(
            file_of("file:///tmp/Sample%20Studio.toolcrib").as_deref(),
            Some(Utf8Path::new("/tmp/Sample Studio.toolcrib"))
        );
        assert_eq!(file_of("toolcrib://install/zig"), None);
        assert_eq!(file_of("Sample Studio.toolcrib"), None);
    }

    #[test]
    fn every_home_has_a_name_of_its_own_that_the_bus_takes() {
        let (one, other) = (name_for("/home/uma/a".into()), name_for("/home/uma/b".into()));
        assert_ne!(one, other);
        let legal = |piece: &str| {
            !piece.starts_with(|first: char| first.is_ascii_digit())
                && piece.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        assert!(one.split('.').all(legal), "{one}");
    }
}
