//! Making what computers get: judged, then signed.

use super::rules::requirements;
use crate::app::App;
use crate::catalogue::View;
use crate::error::{Error, Failure};
use crate::refusal::Refusal;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::BTreeSet;
use toolcrib_model::{CheckId, ProductId, Requirement, Version};
use toolcrib_readiness::fleet::lint_bundle;
use toolcrib_readiness::seal::seal;
use toolcrib_wire::api::readiness::{
    AskedProduct, MAX_PRODUCTS, MAX_RULES, MAX_TITLE_BYTES, NewReadinessCheck,
};
use toolcrib_wire::readiness::{Bundle, CheckedProduct};
use toolcrib_wire::schema::Schema;

/// How far ahead a check may end.
const MAX_LIFE: SignedDuration = SignedDuration::from_hours(24 * 366);
/// How many faults of own rules are told at once.
const FAULTS_TOLD: usize = 10;

fn invalid(why: impl Into<String>) -> Refusal {
    Refusal::Invalid(why.into())
}

/// The bundle that an admin asks for, of products that they may have, by what the catalogue says of them.
pub(super) fn bundle(
    check: CheckId,
    asked: &NewReadinessCheck,
    allowed: &BTreeSet<ProductId>,
    view: &View,
    now: Timestamp,
) -> Result<Bundle, Refusal> {
    let title = asked.title.trim();
    if title.is_empty() || title.len() > MAX_TITLE_BYTES {
        return Err(invalid("Give the check a title of at most 200 bytes."));
    }
    if asked.expires_at <= now || asked.expires_at.duration_since(now) > MAX_LIFE {
        return Err(invalid("Let the check end after now, and within a year."));
    }
    if asked.products.is_empty() && asked.rules.is_empty() {
        return Err(invalid(
            "Choose a product or write a rule: the check asks for nothing.",
        ));
    }
    if asked.products.len() > MAX_PRODUCTS || asked.rules.len() > MAX_RULES {
        return Err(invalid(
            "A check has at most 50 products and 200 rules of its own.",
        ));
    }
    let bundle = Bundle {
        schema: Schema,
        check,
        title: title.into(),
        issued_at: now,
        expires_at: asked.expires_at,
        report_to: None,
        products: products(&asked.products, allowed, view)?,
        own: own_rules(&asked.rules)?,
    };
    judged(bundle)
}

fn products(
    asked: &[AskedProduct],
    allowed: &BTreeSet<ProductId>,
    view: &View,
) -> Result<Vec<CheckedProduct>, Refusal> {
    let mut seen = BTreeSet::new();
    asked
        .iter()
        .map(|one| {
            if !seen.insert(&one.product) {
                return Err(invalid(format!("Product `{}` is there twice.", one.product)));
            }
            if !allowed.contains(&one.product) {
                return Err(Refusal::NotFound(format!("product `{}`", one.product)));
            }
            product(one, view)
        })
        .collect()
}

/// The recommended release of a product with what it needs, if there is one.
pub(super) fn recommended(product_id: &ProductId, view: &View) -> Option<CheckedProduct> {
    let asked = AskedProduct {
        product: product_id.clone(),
        version: None,
    };
    product(&asked, view).ok()
}

fn product(asked: &AskedProduct, view: &View) -> Result<CheckedProduct, Refusal> {
    let id = &asked.product;
    let listed = view
        .product(id)
        .ok_or_else(|| Refusal::NotFound(format!("product `{id}`")))?;
    let version: Version = asked
        .version
        .clone()
        .or_else(|| super::super::products::stable(listed))
        .ok_or_else(|| invalid(format!("Name a version of `{id}`: none is recommended.")))?;
    let needs = view.needs(id, &version);
    if needs.is_empty() {
        return Err(Refusal::NotFound(format!("release {version} of `{id}`")));
    }
    Ok(CheckedProduct {
        product: id.clone(),
        name: listed.name.clone(),
        version,
        requirements: requirements(needs),
    })
}

fn own_rules(raw: &[Value]) -> Result<Vec<Requirement>, Refusal> {
    raw.iter()
        .enumerate()
        .map(|(at, rule)| {
            serde_json::from_value(rule.clone())
                .map_err(|error| invalid(format!("Rule {} is not well formed: {error}.", at + 1)))
        })
        .collect()
}

fn judged(bundle: Bundle) -> Result<Bundle, Refusal> {
    let faults = lint_bundle(&bundle);
    if faults.is_empty() {
        return Ok(bundle);
    }
    let told: Vec<String> = faults.iter().take(FAULTS_TOLD).map(ToString::to_string).collect();
    Err(invalid(format!("The rules have faults. {}.", told.join("; "))))
}

impl App {
    /// Signs a bundle, with the address of this service in it.
    pub(super) fn sealed_bundle(&self, bundle: &Bundle) -> Result<String, Failure> {
        let reports = format!("v1/readiness/checks/{}/reports", bundle.check);
        let addressed = Bundle {
            report_to: self.base().join(&reports).ok(),
            ..bundle.clone()
        };
        let bytes = self
            .keys()
            .readiness_signer(|signer| seal(&addressed, signer))
            .map_err(|source| Error::SealReadiness { source })?;
        String::from_utf8(bytes).map_err(|_| invalid("The title is no text.").into())
    }
}
