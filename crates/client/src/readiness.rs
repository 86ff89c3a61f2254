//! Whether this computer is ready: facts, judged against requirements.

use crate::client::Client;
use crate::error::Error;
use crate::view::{ReadinessView, ReportView};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use toolcrib_machine::facts::{self, Isolation, Question};
use toolcrib_machine::files;
use toolcrib_model::{FactKey, FactName, FactValue, Facts, Language, ProductId, Requirement, Version};
use toolcrib_readiness::{judge, read_rules, wanted, with_usual_rules};

/// The longest rules file that is looked at.
const MAX_RULES: u64 = 4 << 20;

/// Judges this computer by the rules of a file: no sign-in, no network.
///
/// # Errors
/// When the file cannot be read or is no rules file.
pub fn check_rules(
    rules: &Utf8Path,
    language: &Language,
    isolation: &Isolation,
) -> Result<ReadinessView, Error> {
    let missing = || Error::NoRules {
        path: rules.to_owned(),
    };
    let bytes = files::read_bounded(rules, MAX_RULES)
        .map_err(Error::Machine)?
        .ok_or_else(missing)?;
    let file = read_rules(&bytes).map_err(Error::Readiness)?;
    let place = camino::absolute_utf8(".").unwrap_or_else(|_| Utf8PathBuf::from("/"));
    let question = Question {
        place,
        wanted: wanted(&file.requirements),
    };
    let facts = facts::probe(&question, isolation);
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
    ) -> Result<ReadinessView, Error> {
        let opened = self.catalogue().await?;
        let release = opened.release(&self.asking(product)?, product, (version, None))?;
        let manifest = opened.manifest(release).await?;
        let manifest = manifest.manifest();
        let root = self.root_of(product, None)?;
        let rules = with_usual_rules(&manifest.requirements, manifest.installed_bytes);
        let facts = self.facts(root, wanted(&rules)).await?;
        let title = format!("{} {}", manifest.name, manifest.version);
        let report = judge(&rules, &facts, language);
        Ok(ReadinessView::new(&title, report, facts, language.clone()))
    }

    /// Judges this computer for requirements and the room that is needed at `root`.
    pub(crate) async fn report(
        &self,
        requirements: Vec<Requirement>,
        peak_bytes: u64,
        root: Utf8PathBuf,
    ) -> Result<ReportView, Error> {
        let rules = with_usual_rules(&requirements, peak_bytes);
        let facts = self.facts(root, wanted(&rules)).await?;
        Ok(judge(&rules, &facts, &Language::english()).into())
    }

    /// What is known of this computer, and of the things that are asked about.
    pub(crate) async fn facts(&self, place: Utf8PathBuf, wanted: BTreeSet<FactKey>) -> Result<Facts, Error> {
        let isolation = self.0.options.probes.clone();
        let products: Vec<_> = wanted
            .iter()
            .filter(|key| is_about_product(key))
            .cloned()
            .collect();
        let question = Question { place, wanted };
        let probing = tokio::task::spawn_blocking(move || facts::probe(&question, &isolation));
        let mut facts = probing.await.map_err(|_| Error::Interrupted)?;
        if !products.is_empty() {
            self.add_products(&mut facts, products)?;
        }
        Ok(facts)
    }

    /// What Toolcrib itself has installed, by its receipts.
    fn add_products(&self, facts: &mut Facts, keys: Vec<FactKey>) -> Result<(), Error> {
        let installed = self.installed()?;
        for key in keys {
            let found = installed
                .iter()
                .find(|one| Some(one.product.as_str()) == key.subject());
            match (key.name(), found) {
                (FactName::ProductPresent, found) => facts.know(key, FactValue::Flag(found.is_some())),
                (_, None) => facts.miss(key, "it is not installed"),
                (FactName::ProductVersion, Some(found)) => {
                    facts.know(key, FactValue::Version(found.version.clone()));
                }
                (_, Some(found)) => {
                    let components = found.components.iter().map(ToString::to_string);
                    facts.know(key, FactValue::Words(components.collect()));
                }
            }
        }
        Ok(())
    }
}

const fn is_about_product(key: &FactKey) -> bool {
    use FactName as F;
    matches!(
        key.name(),
        F::ProductPresent | F::ProductVersion | F::ProductComponents
    )
}
