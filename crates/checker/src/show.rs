//! The rules in words, for whoever wants to know what is asked before anything is measured.

use crate::arguments::Rules;
use crate::bundle;
use crate::error::Error;
use toolcrib_model::{Language, Requirement};

/// Title, dates, key, and every rule with what it needs.
pub(crate) fn show(rules: &Rules) -> Result<String, Error> {
    let opened = bundle::read(rules)?;
    let bundle = opened.document();
    let mut lines = vec![
        bundle.title.for_reader(&rules.language).to_owned(),
        format!("Issued {}, ends {}", bundle.issued_at, bundle.expires_at),
        format!("Signed with the key {}", opened.key_id()),
        match &bundle.report_to {
            Some(url) => format!(
                "With --send, reports go to {}",
                url.host_str().unwrap_or_default()
            ),
            None => "Reports are collected as files".to_owned(),
        },
    ];
    for product in &bundle.products {
        lines.push(format!("\n{} {}", product.name, product.version));
        lines.extend(
            product
                .requirements
                .iter()
                .flat_map(|rule| described(rule, &rules.language)),
        );
    }
    if !bundle.own.is_empty() {
        lines.push("\nOwn rules".to_owned());
        lines.extend(
            bundle
                .own
                .iter()
                .flat_map(|rule| described(rule, &rules.language)),
        );
    }
    Ok(lines.join("\n"))
}

fn described(rule: &Requirement, language: &Language) -> Vec<String> {
    let bar = |name: &str, condition: &Option<toolcrib_model::Condition>| {
        let words = condition.as_ref().map(toolcrib_readiness::needed);
        words.map(|words| format!("      {name}: {words}"))
    };
    let title = format!("  {} ({})", rule.text.for_reader(language), rule.id);
    [
        Some(title),
        bar("minimum", &rule.minimum),
        bar("recommended", &rule.recommended),
    ]
    .into_iter()
    .flatten()
    .collect()
}
