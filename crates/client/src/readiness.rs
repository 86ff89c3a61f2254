//! Whether this computer is ready: facts, judged against requirements.

mod network;

pub use network::Reaching;

use crate::client::Client;
use crate::error::Error;
use crate::view::{ReadinessView, ReportView};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use toolcrib_machine::facts::{self, Isolation, Question};
use toolcrib_machine::files;
use toolcrib_model::{FactKey, FactName, FactValue, Facts, Language, ProductId, Requirement, Version};
use toolcrib_net::reach::reach;
use toolcrib_net::{Http, ProxyChoice, Settings as HttpSettings};
use toolcrib_readiness::products::{is_about_product, product_facts};
use toolcrib_readiness::{judge, read_rules, wanted, with_usual_rules};

/// The longest rules file that is looked at.
const MAX_RULES: u64 = 4 << 20;

/// Judges this computer by the rules of a file: no sign-in, and no network unless `reaching` says so.
///
/// # Errors
/// When the file cannot be read or is no rules file, or the network cannot be set up.
pub async fn check_rules(
    rules: &Utf8Path,
    language: &Language,
    isolation: &Isolation,
    reaching: Reaching,
) -> Result<ReadinessView, Error> {
    let missing = || Error::NoRules {
        path: rules.to_owned(),
    };
    let bytes = files::read_bounded(rules, MAX_RULES)
        .map_err(Error::Machine)?
        .ok_or_else(missing)?;
    let file = read_rules(&bytes).map_err(Error::Readiness)?;
    let place = camino::absolute_utf8(".").unwrap_or_else(|_| Utf8PathBuf::from("/"));
    let wanted = wanted(&file.requirements);
    let question = Question {
        place,
        wanted: wanted.clone(),
    };
    let mut facts = facts::probe(&question, isolation);
    if reaching != Reaching::Nothing {
        let settings = HttpSettings::new(concat!("toolcrib/", env!("CARGO_PKG_VERSION")));
        let http = Http::new(settings).map_err(Error::Net)?;
        facts.extend(reach(&http, &ProxyChoice::System, &wanted).await);
    }
    let title = rules.file_name().unwrap_or(rules.as_str());
    let report = judge(&file.requirements, &facts, language);
    Ok(ReadinessView::new(title, report, facts, language.clone()))
}

impl Client {
    /// Judges this computer for a product, before anything is fetched (S-106).
    ///
    /// # Errors
    /// When the product's requirements cannot be had.
    pub async fn check(
        &self,
        product: &ProductId,
        version: Option<&Version>,
        language: &Language,
        reaching: Reaching,
    ) -> Result<ReadinessView, Error> {
        let opened = self.catalogue().await?;
        let release = opened.release(&self.asking(product)?, product, (version, None))?;
        let manifest = opened.manifest(release).await?;
        let manifest = manifest.manifest();
        let root = self.root_of(product, None)?;
        let mut rules = with_usual_rules(&manifest.requirements, manifest.installed_bytes);
        if reaching != Reaching::Nothing {
            rules.extend(self.rules_of_network(Some(&opened))?);
        }
        let wanted = wanted(&rules);
        let mut facts = self.facts(root, wanted.clone()).await?;
        self.add_network(&mut facts, wanted, reaching, Some(manifest))
            .await?;
        let title = format!("{} {}", manifest.name, manifest.version);
        let report = judge(&rules, &facts, language);
        Ok(ReadinessView::new(&title, report, facts, language.clone()))
    }

    /// Judges the network alone: the account service and the places with content, as far as they are known.
    ///
    /// # Errors
    /// When no account service is known, or the network cannot be set up.
    pub async fn check_network(&self, language: &Language) -> Result<ReadinessView, Error> {
        let opened = self.catalogue().await.ok();
        let rules = self.rules_of_network(opened.as_deref())?;
        let wanted = wanted(&rules);
        let mut facts = Facts::new();
        if let Some(name) = facts::host_name() {
            facts.know(FactName::HostName, FactValue::Text(name));
        }
        self.add_network(&mut facts, wanted, Reaching::Hosts, None)
            .await?;
        let report = judge(&rules, &facts, language);
        Ok(ReadinessView::new("Network", report, facts, language.clone()))
    }

    /// What is known of this computer that requirements and the room at `root` are judged by; that it is busy does not
    /// make it unfit.
    pub(crate) async fn measured(
        &self,
        requirements: &[Requirement],
        root: Utf8PathBuf,
    ) -> Result<Facts, Error> {
        // How much room is needed changes what is judged, not what is measured.
        let rules = with_usual_rules(requirements, u64::MAX);
        self.measure(root, wanted(&rules), facts::probe_patiently).await
    }

    /// What is known of this computer, and of the things that are asked about. Hosts are not asked here.
    pub(crate) async fn facts(&self, place: Utf8PathBuf, wanted: BTreeSet<FactKey>) -> Result<Facts, Error> {
        self.measure(place, wanted, facts::probe).await
    }

    async fn measure(
        &self,
        place: Utf8PathBuf,
        wanted: BTreeSet<FactKey>,
        probe: fn(&Question, &Isolation) -> Facts,
    ) -> Result<Facts, Error> {
        let isolation = self.0.options.probes.clone();
        let products: BTreeSet<_> = wanted
            .iter()
            .filter(|key| is_about_product(key))
            .cloned()
            .collect();
        let question = Question { place, wanted };
        let probing = tokio::task::spawn_blocking(move || probe(&question, &isolation));
        let mut facts = probing.await.map_err(|_| Error::Interrupted)?;
        if !products.is_empty() {
            self.settle_interrupted();
            let receipt = |product: &ProductId| self.receipt(product).map_err(|error| error.sentence());
            facts.extend(product_facts(&products, receipt));
        }
        Ok(facts)
    }
}

/// Judges what was measured by requirements and the room that is needed.
pub(crate) fn judged(requirements: &[Requirement], room_bytes: u64, measured: &Facts) -> ReportView {
    let rules = with_usual_rules(requirements, room_bytes);
    judge(&rules, measured, &Language::english()).into()
}
