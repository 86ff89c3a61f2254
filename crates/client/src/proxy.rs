//! By which ways servers are reached: what the organisation set, a proxy or a script that chooses one server by server
//! (B-18). What is found at the first call counts until the program ends.

use crate::client::Client;
use crate::policy::Policy;
use crate::view::ProxyScriptView;
use std::sync::Arc;
use toolcrib_net::{Chooser, Hop, ProxyChoice, Settings};
use toolcrib_pac::{Follower, Place};
use url::Url;

/// Asked about where no account service is known yet: nobody has it (RFC 2606).
const SOME_SERVER: &str = "https://example.com/";

impl Client {
    /// The proxy of every connection. A policy that cannot be understood stops fetching, and not the calls by which a
    /// licence lives.
    pub(crate) fn proxy_choice(&self) -> ProxyChoice {
        match self.follower() {
            Some(follower) => ProxyChoice::Chosen(Arc::clone(follower) as Arc<dyn Chooser>),
            None => self.policy().map(|policy| policy.proxy()).unwrap_or_default(),
        }
    }

    /// What the script says of the account service; `None` where the organisation set none.
    pub(crate) async fn proxy_script(&self) -> Option<ProxyScriptView> {
        let follower = self.follower()?;
        let server = self
            .server()
            .map_or_else(|_| SOME_SERVER.to_owned(), |server| server.expose().to_owned());
        let server = Url::parse(&server).ok()?;
        let asked = follower.ask(&server).await;
        let ways = match &asked {
            Ok(ways) => ways.clone(),
            Err(_) => vec![follower.instead().clone()],
        };
        Some(ProxyScriptView {
            place: follower.place().to_string(),
            server: server.host_str().unwrap_or_default().to_owned(),
            ways: ways.iter().map(ToString::to_string).collect(),
            fault: asked.err().map(|error| error.sentence()),
        })
    }

    /// Who follows the script; one in a process, so that it is fetched once.
    fn follower(&self) -> Option<&Arc<Follower>> {
        let begun = self.0.follower.get_or_init(|| {
            let policy = self.policy().ok()?;
            let place = policy.proxy_script.clone()?;
            Some(Arc::new(self.following(place, &policy)))
        });
        begun.as_ref()
    }

    fn following(&self, place: Place, policy: &Policy) -> Follower {
        let settings = Settings::new(self.0.options.user_agent.clone());
        Follower::new(place, without_script(policy), settings)
    }
}

/// The way where the script cannot be had: as the organisation says, else directly, as in browsers.
fn without_script(policy: &Policy) -> Hop {
    match &policy.proxy {
        Some(ProxyChoice::Named { url, .. }) => Url::parse(url).map_or(Hop::Direct, Hop::Proxy),
        Some(ProxyChoice::Direct | ProxyChoice::System | ProxyChoice::Chosen(_)) | None => Hop::Direct,
    }
}
