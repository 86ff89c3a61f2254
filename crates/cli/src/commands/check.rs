//! `check`: whether this computer is ready.

use super::Outcome;
use crate::arguments::Check;
use crate::output::Output;
use crate::tables;
use camino::Utf8Path;
use toolcrib_client::view::ReadinessView;
use toolcrib_client::{Client, Error, Isolation, Reaching, check_rules};
use toolcrib_model::Language;

/// Judges this computer for a product, or, without one, its network.
pub(super) async fn product(client: &Client, output: Output, asked: Check) -> Outcome {
    let language = language(&asked);
    let checked = match &asked.product {
        Some(product) => {
            let version = asked.version.as_ref();
            client.check(product, version, &language, reaching(&asked)).await
        }
        None => client.check_network(&language).await,
    };
    answer(output, &checked.map_err(Error::into_view)?, &asked)
}

/// Judges this computer by the rules of a file.
pub(super) async fn by_rules(output: Output, rules: &Utf8Path, asked: &Check) -> Outcome {
    let isolation = Isolation::of_this_program();
    let checked = check_rules(rules, &language(asked), &isolation, reaching(asked)).await;
    answer(output, &checked.map_err(Error::into_view)?, asked)
}

/// Whoever asks for a measure of the network agrees to it.
const fn reaching(asked: &Check) -> Reaching {
    match (asked.network, asked.throughput) {
        (_, true) => Reaching::HostsAndPace,
        (true, false) => Reaching::Hosts,
        (false, false) => Reaching::Nothing,
    }
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
        let network = || tables::facts_below(&checked.facts, "network.");
        let facts = match (asked.facts, reaching(asked)) {
            (true, _) => tables::facts(&checked.facts) + "\n",
            (false, Reaching::Nothing) => String::new(),
            (false, Reaching::Hosts | Reaching::HostsAndPace) => network() + "\n",
        };
        facts + &tables::report(&checked.report.clone().into())
    });
    Ok(checked.report.verdict.into())
}
