//! Whether this computer is ready: facts, judged against requirements.

use crate::client::Client;
use crate::error::Error;
use crate::view::{ReportView, RuleView};
use camino::{Utf8Path, Utf8PathBuf};
use toolcrib_machine::{facts, files};
use toolcrib_model::{Facts, Language, ProductId, Requirement, Version};
use toolcrib_readiness::{judge, read_rules, with_usual_rules};
use toolcrib_wire::readiness::Report;

/// Judges this computer by the rules of a file: no sign-in, no network.
///
/// # Errors
/// When the file cannot be read or is no rules file.
pub fn check_rules(rules: &Utf8Path) -> Result<ReportView, Error> {
    let missing = || Error::NoRules {
        path: rules.to_owned(),
    };
    let bytes = files::read_bounded(rules, 4 << 20)
        .map_err(Error::Machine)?
        .ok_or_else(missing)?;
    let rules = read_rules(&bytes).map_err(Error::Readiness)?;
    let place = camino::absolute_utf8(".").unwrap_or_else(|_| Utf8PathBuf::from("/"));
    Ok(view(judge(
        &rules.requirements,
        &facts::probe(&place),
        &Language::english(),
    )))
}

impl Client {
    /// Judges this computer for a product, before anything is fetched (S-106).
    ///
    /// # Errors
    /// When the product's requirements cannot be had.
    pub async fn check(&self, product: &ProductId, version: Option<&Version>) -> Result<ReportView, Error> {
        let opened = self.catalogue().await?;
        let release = opened.release(&self.asking(product)?, product, (version, None))?;
        let manifest = opened.manifest(release).await?;
        let root = self.root_of(product, None)?;
        let peak = manifest.manifest().installed_bytes;
        self.report(manifest.manifest().requirements.clone(), peak, root)
            .await
    }

    /// Judges this computer for requirements and the room that is needed at `root`.
    pub(crate) async fn report(
        &self,
        requirements: Vec<Requirement>,
        peak_bytes: u64,
        root: Utf8PathBuf,
    ) -> Result<ReportView, Error> {
        let facts = probe(root).await?;
        let rules = with_usual_rules(&requirements, peak_bytes);
        Ok(view(judge(&rules, &facts, &Language::english())))
    }
}

pub(crate) async fn probe(place: Utf8PathBuf) -> Result<Facts, Error> {
    let probing = tokio::task::spawn_blocking(move || facts::probe(&place));
    probing.await.map_err(|_| Error::Interrupted)
}

fn view(report: Report) -> ReportView {
    let rules = report.rules.into_iter().map(|ruling| RuleView {
        id: ruling.id,
        text: ruling.text,
        verdict: ruling.verdict,
        measured: ruling.measured,
        needed: ruling.needed,
        fix: ruling.fix,
        link: ruling.link,
    });
    ReportView {
        verdict: report.verdict,
        rules: rules.collect(),
    }
}
