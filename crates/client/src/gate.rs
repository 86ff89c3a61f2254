//! What stands between a person and a product's start, in the order in which it is asked: the privacy statement, the
//! licence, who they are (S-137…S-143, U13…U17).
//!
//! Only the start is asked about: a product that runs is never ended.

use crate::client::Client;
use crate::error::Error;
use crate::identity::FirstStart;
use crate::licence::view;
use crate::view::{DeviceInUseView, GateView, RefusalView};
use std::time::{Duration, Instant};
use toolcrib_account::Error as Refused;
use toolcrib_licence::{Act, Judged, Standing};
use toolcrib_model::ProductId;

/// How long a licence that holds is checked again before a start; it goes on with the next one.
const SILENT_CHECK: Duration = Duration::from_secs(3);

/// Whether somebody sits there who can answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// A person: everything is asked.
    Person,
    /// Nobody, as in a script: what was proven by the sign-in counts, and nothing is accepted for anybody.
    Nobody,
}

/// A licence after the service was asked where that was due, and what the service refused.
struct LookedAfter {
    judged: Judged,
    refused: Option<Error>,
}

impl Client {
    /// What is to be done before `product` starts. Asks the service where the licence wants that.
    ///
    /// # Errors
    /// When the product is not installed, or the home cannot be read.
    pub async fn gate(&self, product: &ProductId, asking: Asking) -> Result<GateView, Error> {
        self.settle_interrupted();
        self.receipt_of(product)?;
        if asking == Asking::Person
            && let Some(statement) = self.unaccepted_statement().await?
        {
            return Ok(GateView::Privacy { statement });
        }
        let began = Instant::now();
        let looked = self.look_after(product).await?;
        let gate = match looked.judged.decision.may_run {
            true => self.admit(product, &looked.judged, asking)?,
            false => self.hold_back(product, looked),
        };
        let duration_us = began.elapsed().as_micros();
        tracing::info!(product.id = %product, duration_us, "the licence was judged before a start");
        Ok(gate)
    }

    /// Renews a licence where that is due and possible, and tells of its last days.
    async fn look_after(&self, product: &ProductId) -> Result<LookedAfter, Error> {
        let judged = self.judge_licence(product)?;
        if !self.wants_refresh(&judged) || !self.is_signed_in() {
            return Ok(LookedAfter {
                judged,
                refused: None,
            });
        }
        let asked = self.refresh_licence(product);
        let holds = matches!(
            judged.decision.standing,
            Standing::Active { .. } | Standing::Start { .. }
        );
        let refused = match holds {
            // The person waits, and the licence holds anyhow.
            true => tokio::time::timeout(SILENT_CHECK, asked)
                .await
                .map_or(None, Result::err),
            false => asked.await.err(),
        };
        if let Some(error) = &refused {
            tracing::info!(product.id = %product, error = error.sentence(), "the licence could not be renewed");
        }
        self.installed_changed();
        Ok(LookedAfter {
            judged: self.judge_after_asking(product)?,
            refused,
        })
    }

    fn admit(&self, product: &ProductId, judged: &Judged, asking: Asking) -> Result<GateView, Error> {
        let licence = view(product, judged);
        let first = match (&judged.held, asking) {
            (Some(held), Asking::Person) => self.first_start(product, held)?,
            _ => FirstStart::Settled,
        };
        Ok(match first {
            FirstStart::OneClick => GateView::Continue { licence },
            FirstStart::Password => self.sign_in_gate(licence),
            FirstStart::Settled => GateView::Ready {
                notice: joined(notice(judged), self.restart_notice(product)?),
                licence,
            },
        })
    }

    /// That the computer is still to be restarted: a product that does not wait for it may not do all that it should.
    fn restart_notice(&self, product: &ProductId) -> Result<Option<String>, Error> {
        let awaited = self.receipt(product)?.filter(toolcrib_delivery::awaits_restart);
        Ok(awaited.map(|receipt| {
            format!(
                "Restart this computer so that all changes of {} take effect.",
                receipt.name
            )
        }))
    }

    /// Signing in helps, the product may at least be looked at, or neither.
    fn hold_back(&self, product: &ProductId, looked: LookedAfter) -> GateView {
        let LookedAfter { judged, refused } = looked;
        let licence = view(product, &judged);
        let proof_is_missing = matches!(
            refused,
            Some(Error::Account(
                Refused::VerificationNeeded { .. }
                    | Refused::SecondStepNeeded { .. }
                    | Refused::DeviceReleased { .. }
                    | Refused::NotSignedIn
            ))
        );
        let helps = judged.decision.act == Act::SignIn && refused.is_none();
        if proof_is_missing || helps {
            return self.sign_in_gate(licence);
        }
        if judged.decision.read_only {
            return GateView::ReadOnly { licence };
        }
        let message = refused.as_ref().map(Error::sentence);
        GateView::Refused {
            refusal: RefusalView {
                devices: refused.map(devices).unwrap_or_default(),
                administrators: self.administrators(),
                message,
                licence,
            },
        }
    }

    fn sign_in_gate(&self, licence: crate::view::LicenceView) -> GateView {
        let session = self.is_signed_in();
        GateView::SignIn {
            user_id: self.user_id().ok().or_else(|| licence.user_id.clone()),
            session,
            licence,
        }
    }
}

/// What is said at a start that is allowed: the last days, the grace, the temporary right, a clock that is off.
fn notice(judged: &Judged) -> Option<String> {
    let decision = &judged.decision;
    let quiet = decision.act == Act::Nothing && decision.clock_note.is_none();
    (!quiet).then(|| match &decision.clock_note {
        Some(note) => format!("{} {note}", decision.sentence),
        None => decision.sentence.clone(),
    })
}

/// Two notices as one.
fn joined(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one} {other}")),
        (one, other) => one.or(other),
    }
}

/// The other devices that hold the product, where there are too many.
fn devices(error: Error) -> Vec<DeviceInUseView> {
    match error {
        Error::Account(Refused::DeviceLimit { devices, .. }) => {
            devices.into_iter().map(DeviceInUseView::from).collect()
        }
        _ => Vec::new(),
    }
}
