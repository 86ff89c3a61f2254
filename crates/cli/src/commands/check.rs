//! `check`: whether this computer is ready.

use super::Outcome;
use crate::arguments::Check;
use crate::output::Output;
use crate::tables;
use camino::Utf8Path;
use toolcrib_client::view::{ReadinessView, UiError};
use toolcrib_client::{Client, Error, Isolation, check_rules};
use toolcrib_model::Language;

/// Judges this computer for a product.
pub(super) async fn product(client: &Client, output: Output, asked: Check) -> Outcome {
    let Some(product) = &asked.product else {
        return Err(missing_product());
    };
    let checked = client
        .check(product, asked.version.as_ref(), &language(&asked))
        .await
        .map_err(Error::into_view)?;
    answer(output, &checked, &asked)
}

/// Judges this computer by the rules of a file.
pub(super) fn by_rules(output: Output, rules: &Utf8Path, asked: &Check) -> Outcome {
    let checked = check_rules(rules, &language(asked), &Isolation::of_this_program());
    answer(output, &checked.map_err(Error::into_view)?, asked)
}

fn language(asked: &Check) -> Language {
    asked.language.clone().unwrap_or_else(Language::english)
}

fn answer(output: Output, checked: &ReadinessView, asked: &Check) -> Outcome {
    if let Some(path) = &asked.html {
        checked.save_html(path).map_err(Error::into_view)?;
    }
    if let Some(path) = &asked.csv {
        checked.save_csv(path).map_err(Error::into_view)?;
    }
    output.answer(checked, || {
        let facts = asked.facts.then(|| tables::facts(&checked.facts) + "\n");
        facts.unwrap_or_default() + &tables::report(&checked.report.clone().into())
    });
    Ok(checked.report.verdict.into())
}

fn missing_product() -> UiError {
    UiError {
        code: toolcrib_client::code::Code::Invalid,
        message: "No product was named.".to_owned(),
        advice: "Use `toolcrib check PRODUCT` or `toolcrib check --rules FILE`.".to_owned(),
        retryable: false,
    }
}
