//! What the organisation set for this computer, and its own servers of content: whether they answer, and how quickly.

use super::Finding;
use crate::client::Client;
use crate::view::{CheckView, ContentServerState, ContentServerView, PolicyStanding, PolicyView, Subject};

/// What the organisation set; nothing where there is no policy.
pub(super) fn policy(client: &Client) -> Option<CheckView> {
    let view = client.policy_view();
    let faults = || {
        view.faults
            .iter()
            .map(|fault| fault.text.as_str())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let found = |finding, text| Some(CheckView::found(Subject::Policy, finding, text));
    match view.standing {
        PolicyStanding::None => None,
        PolicyStanding::Refused => found(
            Finding::PolicyRefused,
            format!("{} cannot be used: {}.", view.named(), faults()),
        ),
        PolicyStanding::InForce if view.faults.is_empty() => found(Finding::Good, set(&view)),
        PolicyStanding::InForce => found(Finding::PolicyUnknown, format!("{} {}.", set(&view), faults())),
    }
}

/// The script by which the organisation chooses proxies; nothing where there is none.
pub(super) async fn script(client: &Client) -> Option<CheckView> {
    let script = client.proxy_script().await?;
    let way = format!("`{}` is reached by {}", script.server, script.ways.join("; "));
    Some(match script.fault {
        None => {
            let text = format!("The script at {} says: {way}.", script.place);
            CheckView::found(Subject::Proxy, Finding::Good, text)
        }
        Some(fault) => CheckView::found(
            Subject::Proxy,
            Finding::ProxyScriptFails,
            format!("At {}: {fault}. Until then {way}.", script.place),
        ),
    })
}

fn set(view: &PolicyView) -> String {
    let keys: Vec<_> = view
        .set
        .iter()
        .map(|setting| setting.key.replace('_', " "))
        .collect();
    match keys.is_empty() {
        true => format!("Your organisation sets nothing in {}.", view.named()),
        false => format!(
            "Set by your organisation in {}: {}.",
            view.named(),
            keys.join(", ")
        ),
    }
}

/// Each server of content that is named or found; where they are looked for and none is found, that.
pub(super) async fn servers(client: &Client) -> Vec<CheckView> {
    let Ok(view) = client.content_servers_view().await else {
        return Vec::new();
    };
    if view.servers.is_empty() && !view.domains.is_empty() {
        let found = format!(
            "The DNS of this network names no content server below {}.",
            view.domains.join(", ")
        );
        return vec![CheckView::good(Subject::ContentServers, found)];
    }
    view.servers.iter().map(check).collect()
}

fn check(server: &ContentServerView) -> CheckView {
    let finding = match server.state {
        // That of another vendor is as it should be.
        ContentServerState::Answers | ContentServerState::ForAnother => Finding::Good,
        ContentServerState::Another | ContentServerState::Away | ContentServerState::Stranger => {
            Finding::ContentServerAway
        }
    };
    CheckView::found(Subject::ContentServers, finding, server.sentence())
}
