//! What the product says of itself: words, licences, texts to accept, the language.

use super::Finding;
use crate::input::Tree;
use crate::product::Product;
use toolcrib_model::{Language, RelPath};

/// How the name of a licence file begins, in lower case.
const LICENCES: [&str; 6] = ["licence", "license", "copying", "eula", "notice", "copyright"];

pub(super) fn judge(product: &Product, tree: &Tree, language: &Language) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (key, words) in [("publisher", &product.publisher), ("summary", &product.summary)] {
        if words.trim().is_empty() {
            findings.push(Finding::warning(
                "words",
                format!("`{key}` is empty; people see it before they install"),
                format!("add `{key}` to the product file"),
            ));
        }
    }
    findings.extend(licence(product, tree));
    findings.extend(texts(product));
    findings.extend(tag(language));
    findings
}

fn licence(product: &Product, tree: &Tree) -> Option<Finding> {
    let is_licence = |path: &RelPath| {
        let name = path.file_name().to_lowercase();
        LICENCES.iter().any(|licence| name.starts_with(licence))
    };
    let told = !product.texts.is_empty() || tree.files.iter().any(|file| is_licence(&file.path));
    (!told).then(|| {
        Finding::warning(
            "licence",
            "there is neither a licence file nor a text to accept",
            "add a file named LICENCE, or a [[text]] to the product file",
        )
    })
}

fn texts(product: &Product) -> Vec<Finding> {
    let bare = product
        .texts
        .iter()
        .filter(|text| text.version.trim().is_empty() || text.title.trim().is_empty());
    bare.map(|text| {
        Finding::error(
            "text",
            format!("the text `{}` has no version or no title", text.id),
            "give both; people are asked again when the version changes",
        )
    })
    .collect()
}

/// Tags mean the same in any case, but are compared as they are written.
fn tag(language: &Language) -> Option<Finding> {
    let usual = usual(language.as_str());
    (usual != language.as_str()).then(|| {
        Finding::warning(
            "language",
            format!("the language tag `{language}` is not written in the usual way"),
            format!("write `{usual}`, so that it is found under one name"),
        )
    })
}

/// A tag as BCP 47 writes it (section 2.1.1): `en`, `pt-BR`, `zh-Hant`.
fn usual(tag: &str) -> String {
    let pieces = tag
        .split('-')
        .enumerate()
        .map(|(place, piece)| match piece.len() {
            2 if place > 0 => piece.to_uppercase(),
            4 if place > 0 => {
                let (first, rest) = piece.split_at(1);
                first.to_uppercase() + &rest.to_lowercase()
            }
            _ => piece.to_lowercase(),
        });
    pieces.collect::<Vec<_>>().join("-")
}
