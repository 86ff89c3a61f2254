//! What a check asks the network, where somebody said that it may.

use crate::catalogue::Opened;
use crate::client::Client;
use crate::error::Error;
use std::collections::BTreeSet;
use toolcrib_delivery::Links as _;
use toolcrib_model::{FactKey, FactName, Facts, Requirement};
use toolcrib_net::SafeUrl;
use toolcrib_net::reach::{Reading, about_host, reach, throughput};
use toolcrib_readiness::network::network_rules;
use toolcrib_wire::manifest::{Blob, Manifest};

/// What a check may ask of the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reaching {
    /// Nothing: what rules ask of it stays unknown.
    #[default]
    Nothing,
    /// The hosts that rules name, the account service, and the places with content.
    Hosts,
    /// The same, and at most 8 MiB of content for at most three seconds, to see how fast it comes.
    HostsAndPace,
}

impl Client {
    /// The rules for the way to the account service and to other places with content.
    pub(super) fn rules_of_network(&self, opened: Option<&Opened>) -> Result<Vec<Requirement>, Error> {
        let service = host_of(&self.server()?);
        let places = opened.map(Opened::mirrors).unwrap_or_default();
        let mut places: Vec<String> = places
            .iter()
            .map(host_of)
            .filter(|host| *host != service)
            .collect();
        places.sort();
        places.dedup();
        Ok(network_rules(&service, &places))
    }

    /// Adds what the network has to say, as far as it may be asked.
    pub(super) async fn add_network(
        &self,
        facts: &mut Facts,
        mut wanted: BTreeSet<FactKey>,
        reaching: Reaching,
        manifest: Option<&Manifest>,
    ) -> Result<(), Error> {
        if reaching == Reaching::Nothing {
            return Ok(());
        }
        let hosts: BTreeSet<String> = wanted.iter().filter_map(host_in).collect();
        wanted.extend(hosts.iter().flat_map(|host| about_host(host)));
        facts.extend(reach(self.http()?, &self.proxy_choice(), &wanted).await);
        if reaching == Reaching::HostsAndPace {
            match self.pace_of_content(manifest).await {
                Ok(value) => facts.know(FactName::NetworkThroughput, value),
                Err(reason) => facts.miss(FactName::NetworkThroughput, reason),
            }
        }
        Ok(())
    }

    /// Measured with the largest part of the release, from where it would come.
    async fn pace_of_content(&self, manifest: Option<&Manifest>) -> Reading {
        let largest = |manifest: &Manifest| manifest.parts.iter().copied().max_by_key(|part| part.length);
        let (manifest, part) = manifest
            .and_then(|manifest| Some((manifest, largest(manifest)?)))
            .ok_or("the release has no content to measure with")?;
        let url = self.place_of(manifest, part).await?;
        let http = self.http().map_err(|error| error.sentence())?;
        throughput(http, &url).await
    }

    async fn place_of(&self, manifest: &Manifest, part: Blob) -> Result<SafeUrl, String> {
        let links = self.links(&manifest.product).map_err(|error| error.sentence())?;
        let places = links
            .links(&[part.sha256])
            .await
            .map_err(|error| error.to_string())?;
        let first = places.into_iter().flatten().next();
        first.ok_or_else(|| "no place with the content is known".to_owned())
    }
}

/// The host with its port, if that is not the usual one.
fn host_of(url: &SafeUrl) -> String {
    let authority = url.authority();
    authority
        .strip_suffix(":443")
        .map_or(authority.clone(), str::to_owned)
}

fn host_in(key: &FactKey) -> Option<String> {
    (key.name() == FactName::NetworkReachable)
        .then(|| key.subject().map(str::to_owned))
        .flatten()
}
