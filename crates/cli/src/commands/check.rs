//! `check`: whether this computer is ready.

use super::Outcome;
use crate::arguments::Check;
use crate::output::Output;
use crate::tables;
use camino::Utf8Path;
use toolcrib_client::view::{ReportView, UiError};
use toolcrib_client::{Client, Error, check_rules};

/// Judges this computer for a product.
pub(super) async fn product(client: &Client, output: Output, asked: Check) -> Outcome {
    let Some(product) = asked.product else {
        return Err(missing_product());
    };
    let report = client
        .check(&product, asked.version.as_ref())
        .await
        .map_err(Error::into_view)?;
    answer(output, &report)
}

/// Judges this computer by the rules of a file.
pub(super) fn by_rules(output: Output, rules: &Utf8Path) -> Outcome {
    answer(output, &check_rules(rules).map_err(Error::into_view)?)
}

fn answer(output: Output, report: &ReportView) -> Outcome {
    output.answer(report, || tables::report(report));
    Ok(report.verdict.into())
}

fn missing_product() -> UiError {
    UiError {
        code: toolcrib_client::code::Code::Invalid,
        message: "No product was named.".to_owned(),
        advice: "Use `toolcrib check PRODUCT` or `toolcrib check --rules FILE`.".to_owned(),
        retryable: false,
    }
}
