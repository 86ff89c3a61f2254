//! Servers that hold content near this computer.

use toolcrib_client::view::{ContentServersView, FillView};
use toolcrib_model::ByteSize;

/// Which there are, and where they are looked for.
pub(crate) fn content_servers(view: &ContentServersView) -> String {
    let decided = match view.by_policy {
        true => " Your organisation decided this.",
        false => "",
    };
    let mut lines = vec![match (view.domains.is_empty(), view.servers.is_empty()) {
        (true, true) => format!("No content server is known here, and none is looked for.{decided}"),
        (true, false) => "Your organisation named these content servers:".to_owned(),
        (false, _) => {
            let domains = view.domains.join(", ");
            format!("The DNS of each network is asked for content servers below {domains}.{decided}")
        }
    }];
    if !view.domains.is_empty() && view.servers.is_empty() {
        lines.push("  This network names none.".to_owned());
    }
    lines.extend(view.servers.iter().map(|server| {
        let mark = if server.used { "*" } else { " " };
        format!("{mark} {}", server.sentence())
    }));
    lines.join("\n")
}

/// How far a server is with a release.
pub(crate) fn filling(view: &FillView) -> String {
    format!(
        "{}: {} of {} files, {} of {}",
        view.server,
        view.held_files,
        view.files,
        ByteSize(view.held_bytes),
        ByteSize(view.size_bytes)
    )
}

/// That a server holds a release.
pub(crate) fn filled(view: &FillView) -> String {
    let FillView {
        server,
        product,
        version,
        platform,
        language,
        ..
    } = view;
    format!("`{server}` holds {product} {version} for {platform}, {language}.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_client::view::{ContentServerState, ContentServerView, KnownBy};

    fn found(url: &str, state: ContentServerState) -> ContentServerView {
        ContentServerView {
            url: url.to_owned(),
            known_by: KnownBy::Dns,
            domain: Some("smith.example".to_owned()),
            state,
            status: None,
            took_ms: Some(3),
            used: state == ContentServerState::Answers,
        }
    }

    #[test]
    fn it_is_said_which_server_is_used_how_it_was_found_and_why_another_is_not_asked() {
        let mut view = ContentServersView {
            domains: vec!["smith.example".to_owned()],
            by_policy: true,
            servers: vec![
                found("evil.example:443", ContentServerState::Stranger),
                found("https://content.smith.example/", ContentServerState::Answers),
            ],
        };
        assert_eq!(
            content_servers(&view),
            "The DNS of each network is asked for content servers below smith.example. Your organisation decided this.\n  \
             DNS names `evil.example:443`, which is not below `smith.example` and is not asked.\n\
             * `https://content.smith.example/` answers, in 3 ms. It was found by DNS, below `smith.example`."
        );
        view.servers.clear();
        assert!(content_servers(&view).ends_with("This network names none."));
        view.domains.clear();
        assert!(content_servers(&view).starts_with("No content server is known here"));
    }
}
