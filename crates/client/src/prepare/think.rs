//! Thinking an installation through: manifest, index, components, room, readiness.

use super::choose::{Choice, choose, kept};
use super::order::Prepared;
use super::taken::lead_to_copies;
use crate::catalogue::Opened;
use crate::client::Client;
use crate::error::Error;
use crate::job::Kind;
use crate::readiness::judged;
use crate::texts::NOBODY;
use camino::Utf8PathBuf;
use jiff::Timestamp;
use toolcrib_delivery::{Order, Plan, Scripts, Sharing, Shortcuts, Source, Starter};
use toolcrib_machine::files;
use toolcrib_model::{ComponentId, Language, Platform, ProductId, UserId, Version};
use toolcrib_trust::catalogue::TrustedManifest;
use toolcrib_wire::receipt::Receipt;

impl Client {
    /// Thinks an installation through, as far as that can be done without the person.
    pub(super) async fn think_through(
        &self,
        opened: &Opened,
        product: &ProductId,
        wanted: Wanted,
    ) -> Result<Prepared, Error> {
        let wish = (wanted.version.as_ref(), wanted.language.as_ref());
        let release = opened.release(&self.asking(product)?, product, wish)?;
        let (policy, installed) = (self.policy()?, self.receipt(product)?);
        let here = installed.as_ref().map(|receipt| &receipt.version);
        policy.must_allow(product, &release.version, here)?;
        let manifest = opened.manifest(release).await?;
        let user_id = self.whose_consent(wanted.user_id.as_ref())?;
        let texts = self.0.texts.missing(manifest.manifest(), &user_id)?;
        let requirements = manifest.manifest().requirements.clone();
        let root = wanted.root.clone();
        let asked_language = wanted.asked_language.clone();
        let desktop_shortcut = wanted.desktop_shortcut;
        let (not_before, beside) = (wanted.not_before, wanted.beside);
        // This computer is measured while the index is on its way.
        let measured = self.measured(&requirements, root);
        let from = installed.as_ref().map(|receipt| &receipt.version);
        let barred = self.barred(
            opened.product(product)?,
            (product, from, &release.version),
            not_before,
        )?;
        let order = self.order(manifest, installed.as_ref(), wanted);
        let (order, measured) = tokio::try_join!(order, measured)?;
        let plan = planned(order).await?.at_pace(policy.pace());
        let plan = if beside { plan.beside() } else { plan };
        let to_fetch = plan.sizes().bytes_to_fetch;
        let room = plan.sizes().room_needed_bytes;
        let prepared = Prepared {
            report: judged(&requirements, room, &measured),
            shared_with: self.shared_with(plan.order())?,
            asked_language,
            desktop_shortcut,
            plan,
            kind: match installed {
                Some(_) if !beside => Kind::Update,
                Some(_) | None => Kind::Install,
            },
            beside,
            server: opened.server.to_string(),
            user_id,
            texts,
            is_dear: self.is_dear(to_fetch).await,
            accepts_metered: false,
            takes_consent: policy.takes_consent(),
            barred,
            not_before,
            accepts_texts: false,
            despite_warnings: true,
            languages: opened.languages(product, &release.version, Platform::current()),
            whats_new: release.whats_new.clone().unwrap_or_default(),
        };
        match to_fetch > 0 && !self.is_signed_in() {
            true => Err(prepared.without_account()),
            false => Ok(prepared),
        }
    }

    /// In whose name texts are accepted: who is signed in; else who says so; else nobody yet.
    fn whose_consent(&self, named: Option<&UserId>) -> Result<String, Error> {
        match self.user_id() {
            Err(Error::NotSignedIn) => Ok(named.map_or_else(|| NOBODY.to_owned(), ToString::to_string)),
            known => known,
        }
    }

    pub(super) async fn order(
        &self,
        manifest: TrustedManifest,
        installed: Option<&Receipt>,
        wanted: Wanted,
    ) -> Result<Order, Error> {
        let product = manifest.manifest().product.clone();
        let kept = installed.map(|receipt| kept(receipt, manifest.manifest()));
        let choice = Choice {
            components: wanted.components.or(kept),
            language: wanted.asked_language,
        };
        let components = choose(manifest.manifest(), &choice)?;
        let place = (&wanted.root, wanted.sources.as_slice());
        self.must_be_free(place, &manifest, &components).await?;
        let receipt = self.receipt_path(&product);
        if let Some(folder) = receipt.parent() {
            files::create_folders(folder).map_err(Error::Machine)?;
        }
        self.bring_index(&wanted.sources, manifest.manifest().index);
        let index = self.index(&manifest).await?;
        let patches = self.patches(&manifest, &index, &wanted.root).await;
        let shortcuts = self.shortcuts(&product, wanted.desktop_shortcut)?;
        Ok(Order {
            sources: lead_to_copies(wanted.sources, &index, &components),
            manifest,
            index,
            components,
            neighbours: self.neighbours(&product)?,
            sharing: Sharing::ByName,
            scripts: wanted.scripts,
            patches,
            root: wanted.root,
            receipt,
            shortcuts,
        })
    }

    /// Where the other products are that may have components in common with this one.
    fn neighbours(&self, product: &ProductId) -> Result<Vec<Utf8PathBuf>, Error> {
        let others = self.receipts()?.into_iter();
        let sharing = others.filter(|receipt| receipt.product != *product && !receipt.shared.is_empty());
        Ok(sharing.map(|receipt| receipt.root.into()).collect())
    }

    /// Shortcuts start the product through the client, so that the licence is judged and the current release is meant.
    fn shortcuts(&self, product: &ProductId, said: Option<bool>) -> Result<Shortcuts, Error> {
        let home = self.0.home.root().to_string();
        let arguments = vec![
            "--home".to_owned(),
            home,
            "launch".to_owned(),
            product.to_string(),
            // Nobody waits in a terminal, so a start that fails can be told from one that does not.
            "--stay".to_owned(),
        ];
        let on_desktop = said.map_or_else(|| self.wants_desktop_shortcut(product), Ok)?;
        Ok(Shortcuts {
            menu: self.0.home.applications_menu(),
            desktop: self.0.home.desktop().filter(|_| on_desktop),
            starter: self
                .0
                .options
                .program
                .clone()
                .map(|program| Starter { program, arguments }),
            person: self.0.home.person_folders(),
        })
    }
}

async fn planned(order: Order) -> Result<Plan, Error> {
    let planning = tokio::task::spawn_blocking(move || toolcrib_delivery::plan(order));
    planning
        .await
        .map_err(|_| Error::Interrupted)?
        .map_err(Error::Delivery)
}

/// What is wanted of a product; what was left open is for the catalogue to decide.
pub(super) struct Wanted {
    pub(super) version: Option<Version>,
    pub(super) language: Option<Language>,
    /// The language, if it was asked for just now.
    pub(super) asked_language: Option<Language>,
    /// What was said just now of a shortcut on the desktop.
    pub(super) desktop_shortcut: Option<bool>,
    pub(super) scripts: Scripts,
    /// Whether the release that is current stays so.
    pub(super) beside: bool,
    pub(super) components: Option<Vec<ComponentId>>,
    pub(super) root: Utf8PathBuf,
    pub(super) sources: Vec<Source>,
    /// Who accepts the texts, where nobody is signed in.
    pub(super) user_id: Option<UserId>,
    /// When it is to be installed, if not at once.
    pub(super) not_before: Option<Timestamp>,
}
