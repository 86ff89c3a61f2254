//! Newer releases of what is installed: what is new, what they take, and installing them.

use crate::client::Client;
use crate::error::Error;
use crate::job::Priority;
use crate::prepare::{Prepared, Request};
use crate::view::{EverythingView, InstallOptions, JobView, NotBegunView, Said, UpdateView};
use serde::Serialize;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::receipt::Receipt;
use ts_rs::TS;

/// What came of the wish to update several products.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "BegunView")]
pub struct Begun {
    /// The jobs that were begun, or go on.
    pub jobs: Vec<JobView>,
    /// The products that have a newer release which could not begin.
    pub not_begun: Vec<NotBegunView>,
}

impl Begun {
    /// Takes in what came of one product.
    fn take(&mut self, product: ProductId, name: String, started: Result<JobView, Error>) {
        match started {
            Ok(job) => self.jobs.push(job),
            // Somebody else was quicker.
            Err(Error::AlreadyInstalled { .. }) => {}
            Err(error) => self.not_begun.push(not_begun(product, name, error)),
        }
    }
}

fn not_begun(product: ProductId, name: String, error: Error) -> NotBegunView {
    tracing::warn!(product.id = %product, error = error.sentence(), "an update could not begin");
    NotBegunView {
        product,
        name,
        failure: error.into_view(),
    }
}

impl Client {
    /// The newer releases of everything that is installed, by name. What can no longer be had is left out; what cannot be
    /// installed as things are is there, with the reason.
    ///
    /// # Errors
    /// When nobody is signed in, or the account service or the catalogue cannot be asked.
    pub async fn updates(&self) -> Result<Vec<UpdateView>, Error> {
        self.hear_company().await;
        let mut updates = Vec::new();
        self.policy()?;
        for receipt in self.receipts()? {
            match self.update_of(&receipt).await {
                Ok(found) => updates.extend(found),
                Err(error) if is_of_this_product(&error) => {
                    tracing::info!(product.id = %receipt.product, error = error.sentence(), "no update can be had");
                }
                Err(error) => return Err(error),
            }
        }
        updates.sort_by_key(|update| update.name.to_lowercase());
        Ok(updates)
    }

    /// The newer release of one product, if there is one.
    ///
    /// # Errors
    /// As [`Client::updates`], and when the product is not installed or may not be had, or the organisation wants no
    /// updates.
    pub async fn update_for(&self, product: &ProductId) -> Result<Option<UpdateView>, Error> {
        self.hear_company().await;
        let receipt = self.receipt_of(product)?;
        let policy = self.policy()?;
        if !policy.target.contains_key(product) {
            policy.must_allow_updates()?;
        }
        self.update_of(&receipt).await
    }

    /// Installs what a list of everything says is installed, and tells of what it passes over because somebody has to do
    /// something first: nothing is tried that the list does not name, and one product that cannot be updated does not keep
    /// the others. These jobs come after everything that was asked for by name.
    pub async fn update_listed(&self, listed: EverythingView, request: &Request) -> Begun {
        let wanted = listed
            .updates
            .into_iter()
            .map(|update| (update.product, update.name));
        let mut begun = self.begin_each(wanted.collect(), request).await;
        begun
            .not_begun
            .extend(listed.passed_over.into_iter().filter_map(|one| {
                Some(NotBegunView {
                    failure: one.failure?,
                    product: one.product,
                    name: one.name,
                })
            }));
        begun
    }

    /// What an update of everything would do as things are, and what it would leave as it is.
    ///
    /// # Errors
    /// As [`Client::updates`].
    pub async fn everything(&self, said: Said) -> Result<EverythingView, Error> {
        let everything = EverythingView::of(self.updates().await?, said);
        let takes_consent = self.policy()?.takes_consent();
        Ok(EverythingView {
            asks_metered: takes_consent && self.is_dear(everything.fetch_bytes).await,
            ..everything
        })
    }

    /// Installs newer releases of these products: those that [`Client::everything`] listed, once somebody said yes to
    /// that list. Nothing is accepted for anybody on the way: what asks for more by now is told of and stays.
    ///
    /// # Errors
    /// When a product is not installed.
    pub async fn update_these(&self, products: &[ProductId], metered: bool) -> Result<Begun, Error> {
        let named = |product: &ProductId| Ok((product.clone(), self.receipt_of(product)?.name));
        let named = products.iter().map(named).collect::<Result<_, Error>>()?;
        let request = Request::new(InstallOptions {
            despite_warnings: true,
            metered,
            ..InstallOptions::default()
        });
        Ok(self.begin_each(named, &request).await)
    }

    /// Begins one after the other; one that cannot begin does not keep the others.
    pub(crate) async fn begin_each(&self, products: Vec<(ProductId, String)>, request: &Request) -> Begun {
        let mut begun = Begun::default();
        for (product, name) in products {
            let started = self.update_in_background(&product, request.clone()).await;
            begun.take(product, name, started);
        }
        begun
    }

    pub(crate) async fn update_in_background(
        &self,
        product: &ProductId,
        request: Request,
    ) -> Result<JobView, Error> {
        let receipt = self.receipt_of(product)?;
        if let Some(job) = self.resume_unfinished(product, &request).await? {
            return Ok(job);
        }
        let update = self.offer(product).await?.update;
        match self.newer(&receipt, update, request).await? {
            Some(prepared) => self.start_after(prepared, Vec::new(), Priority::Background),
            None => Err(Error::AlreadyInstalled {
                product: receipt.product,
                version: receipt.version,
            }),
        }
    }

    /// What is offered in the place of the installed release, also where something on this computer stands in its way:
    /// nobody takes a product for up to date because its disk is full.
    async fn update_of(&self, receipt: &Receipt) -> Result<Option<UpdateView>, Error> {
        let offer = self.offer(&receipt.product).await?;
        let Some(to) = offer.update.clone() else {
            return Ok(None);
        };
        let prepared = self.newer(receipt, offer.update, Request::default()).await;
        let update = UpdateView {
            product: receipt.product.clone(),
            name: receipt.name.clone(),
            from: receipt.version.clone(),
            to,
            news: offer.news,
            critical: offer.critical,
            fetch_bytes: offer.stored_bytes,
            installed_bytes: 0,
            peak_bytes: 0,
            free_bytes: 0,
            restart_needed: false,
            hold: self.hold_of(&receipt.product)?,
            policy: offer.policy,
            obstacle: None,
            terms: Vec::new(),
            scripts: Vec::new(),
            under_way: self.0.jobs.unfinished(&receipt.product)?.is_some(),
        };
        match prepared {
            Ok(prepared) => Ok(prepared.map(|prepared| thought_through(update, &prepared))),
            Err(error) if is_of_this_computer(&error) => Ok(Some(UpdateView {
                obstacle: Some(error.into_view()),
                ..update
            })),
            Err(error) => Err(error),
        }
    }

    /// The release that is offered in the place of the installed one, thought through.
    async fn newer(
        &self,
        receipt: &Receipt,
        update: Option<Version>,
        request: Request,
    ) -> Result<Option<Prepared>, Error> {
        let Some(version) = update else { return Ok(None) };
        let options = InstallOptions {
            version: Some(version),
            ..request.options
        };
        let request = Request { options, ..request };
        self.prepare(&receipt.product, request).await.map(Some)
    }
}

/// An update with what it takes.
fn thought_through(update: UpdateView, prepared: &Prepared) -> UpdateView {
    let plan = prepared.view();
    UpdateView {
        name: plan.name,
        fetch_bytes: plan.fetch_bytes,
        installed_bytes: plan.installed_bytes,
        peak_bytes: plan.peak_bytes,
        free_bytes: plan.free_bytes,
        restart_needed: plan.restart_needed,
        obstacle: prepared.must_be_possible().err().map(Error::into_view),
        terms: plan.texts.into_iter().map(|text| text.title).collect(),
        scripts: plan.scripts,
        ..update
    }
}

/// Whether something on this computer stands in the way of a release that can be had.
const fn is_of_this_computer(error: &Error) -> bool {
    matches!(error, Error::Delivery(_) | Error::FolderTaken { .. })
}

/// Whether one product cannot be had, and nothing is said of the others.
const fn is_of_this_product(error: &Error) -> bool {
    matches!(
        error,
        Error::NotGranted { .. }
            | Error::UnknownProduct { .. }
            | Error::UnknownRelease { .. }
            | Error::UnknownLanguage { .. }
            | Error::NotForThisComputer { .. }
    )
}
