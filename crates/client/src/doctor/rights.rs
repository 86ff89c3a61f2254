//! The person's side: the session, and the rights to what is installed.

use super::Finding;
use crate::client::Client;
use crate::error::Error;
use crate::view::{CheckView, LicenceStanding, Subject};
use toolcrib_model::ProductId;
use toolcrib_wire::api::product::ProductEntitlement;

/// What is known here, and what the service says where it is `reached`.
pub(super) async fn checks(client: &Client, reached: bool) -> Vec<CheckView> {
    if !client.is_signed_in() {
        let nobody = CheckView::found(
            Subject::Session,
            Finding::NobodySignedIn,
            "Nobody is signed in on this computer.".to_owned(),
        );
        return vec![nobody, licences(client, None)];
    }
    if !reached {
        return vec![CheckView::unseen(Subject::Session), licences(client, None)];
    }
    match client.products_now().await {
        Ok(products) => vec![
            CheckView::good(Subject::Session, "Signed in.".to_owned()),
            licences(client, Some(&products)),
        ],
        Err(error) => vec![session(&error), licences(client, None)],
    }
}

fn session(error: &Error) -> CheckView {
    let finding = if error.is_outage() {
        Finding::ServerUnwell
    } else {
        Finding::SessionEnded
    };
    CheckView::found(Subject::Session, finding, error.sentence())
}

/// Rights that were taken away, by what this computer was told and by what the service says now.
fn licences(client: &Client, products: Option<&[ProductEntitlement]>) -> CheckView {
    let installed = match client.receipts() {
        Ok(receipts) => receipts,
        Err(error) => return CheckView::found(Subject::Licences, Finding::HomeUnusable, error.sentence()),
    };
    let lost: Vec<_> = installed
        .iter()
        .filter_map(|receipt| loss(client, products, &receipt.product))
        .collect();
    match lost.is_empty() {
        true => CheckView::good(Subject::Licences, "No right was taken away.".to_owned()),
        false => CheckView::found(Subject::Licences, Finding::Revoked, lost.join(" ")),
    }
}

fn loss(client: &Client, products: Option<&[ProductEntitlement]>, product: &ProductId) -> Option<String> {
    let licence = client.licence_or_none(product);
    if licence.standing == LicenceStanding::Revoked {
        return Some(format!("{product}: {}", licence.sentence));
    }
    let entitlement = products?.iter().find(|one| one.product == *product);
    match entitlement {
        Some(entitlement) if entitlement.seat_assigned => None,
        Some(_) => Some(format!("{product}: you have no seat for it (any more).")),
        None => Some(format!(
            "{product}: it is not among what you may have (any more)."
        )),
    }
}
