//! Releases on this computer that the vendor took back, and what helps where the current one is among them (B-65).

use crate::client::Client;
use crate::view::{CompanyView, ReleaseView, TakenBackView, WayOut, WayOutView};
use std::collections::BTreeMap;
use toolcrib_model::{ProductId, Version};
use toolcrib_wire::catalogue::ListedProduct;

/// The releases on this computer that were taken back, by product.
pub type TakenBack = BTreeMap<ProductId, Vec<TakenBackView>>;

impl Client {
    /// The releases on this computer that the vendor took back, as far as it is known here: nobody is asked, and where the
    /// catalogue is not remembered there are none.
    pub async fn taken_back(&self) -> TakenBack {
        let Some(opened) = self.catalogue_at_hand().await else {
            return TakenBack::new();
        };
        let receipts = self.receipts().unwrap_or_default().into_iter();
        let found = receipts.filter_map(|receipt| {
            let listed = opened.product(&receipt.product).ok()?;
            let found = taken_back(listed, &self.releases(&receipt));
            (!found.is_empty()).then_some((receipt.product, found))
        });
        found.collect()
    }
}

/// Those of the releases that are here which were taken back, in their order (pure).
pub(super) fn taken_back(listed: &ListedProduct, here: &[ReleaseView]) -> Vec<TakenBackView> {
    let found = here.iter().filter_map(|release| {
        let reason = listed.withdrawn(&release.version)?.trim();
        Some(TakenBackView {
            version: release.version.clone(),
            reason: (!reason.is_empty()).then(|| reason.to_owned()),
            sentence: sentence(&release.version, reason),
        })
    });
    found.collect()
}

fn sentence(version: &Version, reason: &str) -> String {
    match reason.trim_end_matches('.') {
        "" => format!("{version} was withdrawn by its vendor."),
        reason => format!("{version} was withdrawn by its vendor: {reason}."),
    }
}

/// What is offered in the place of a release, and what the company says of that.
pub(super) type InItsPlace<'a> = Option<(&'a Version, Option<&'a CompanyView>)>;

/// What helps where the installed release was taken back (pure): what is offered, if the company allows it now; else
/// another release that is here, the one before it first; else waiting.
pub(super) fn way_out(
    listed: &ListedProduct,
    installed: &Version,
    here: &[ReleaseView],
    offered: InItsPlace<'_>,
) -> Option<WayOutView> {
    listed.withdrawn(installed)?;
    let barred = |said: Option<&CompanyView>| said.is_some_and(|said| !said.allows_now);
    if let Some((to, said)) = offered
        && !barred(said)
    {
        return Some(WayOutView {
            way: WayOut::Update,
            version: Some(to.clone()),
            sentence: match to > installed {
                true => format!("Update to {to}."),
                false => format!("Install {to}, which takes its place."),
            },
        });
    }
    let mut others = here.iter().map(|release| &release.version);
    let back = others.find(|version| *version != installed && listed.withdrawn(version).is_none());
    if let Some(back) = back {
        return Some(WayOutView {
            way: WayOut::RollBack,
            version: Some(back.clone()),
            sentence: format!("Go back to {back}, which is on this computer."),
        });
    }
    let why = offered
        .and_then(|(_, said)| said)
        .map(|said| said.sentence.as_str());
    Some(WayOutView {
        way: WayOut::Wait,
        version: None,
        sentence: why.map_or_else(
            || "Nothing takes its place yet; until then it goes on working.".to_owned(),
            |why| format!("{why} Until then it goes on working."),
        ),
    })
}

#[cfg(test)]
mod tests;
