//! Facts about products that Toolcrib installed, out of their receipts.

use toolcrib_model::{FactKey, FactName as F, FactValue, Facts, ProductId};
use toolcrib_wire::receipt::Receipt;

/// Whether a fact is about an installed product.
pub const fn is_about_product(key: &FactKey) -> bool {
    matches!(
        key.name(),
        F::ProductPresent | F::ProductVersion | F::ProductComponents
    )
}

/// What the receipts say to the keys that are about products. `receipt` answers with a product's receipt, with nothing where
/// it is not installed, or with the reason why that cannot be told.
pub fn product_facts<'a>(
    keys: impl IntoIterator<Item = &'a FactKey>,
    receipt: impl Fn(&ProductId) -> Result<Option<Receipt>, String>,
) -> Facts {
    let mut facts = Facts::new();
    for key in keys.into_iter().filter(|key| is_about_product(key)) {
        let Some(Ok(product)) = key.subject().map(str::parse::<ProductId>) else {
            continue;
        };
        match receipt(&product) {
            Ok(found) => match value(key.name(), found) {
                Some(value) => facts.know(key, value),
                None => facts.miss(key, "it is not installed"),
            },
            Err(reason) => facts.miss(key, reason),
        }
    }
    facts
}

fn value(name: F, receipt: Option<Receipt>) -> Option<FactValue> {
    match (name, receipt) {
        (F::ProductPresent, found) => Some(FactValue::Flag(found.is_some())),
        (F::ProductVersion, Some(found)) => Some(FactValue::Version(found.version)),
        (_, Some(found)) => {
            let components = found.components.iter().map(ToString::to_string);
            Some(FactValue::Words(components.collect()))
        }
        (_, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use toolcrib_model::Fact;

    fn receipt(product: &ProductId) -> Result<Option<Receipt>, String> {
        match product.as_str() {
            "zig" => Ok(Some(installed())),
            "damaged" => Err("its receipt cannot be read".to_owned()),
            _ => Ok(None),
        }
    }

    fn installed() -> Receipt {
        let blob = json!({"sha256": "0".repeat(64), "length": 1});
        serde_json::from_value(json!({
            "schema": 1, "product": "zig", "name": "Zig", "version": "0.15.1", "platform": "linux-x86_64", "language": "en",
            "manifest": blob, "index": blob, "root": "/apps/zig", "tree": "releases/0.15.1", "components": ["base", "docs"],
            "installed_bytes": 1, "file_count": 1, "installed_at": "2026-11-22T10:00:00Z"
        }))
        .expect("a receipt")
    }

    fn told(raw: &str) -> Fact {
        let key: FactKey = raw.parse().expect("a fact");
        product_facts([&key], receipt).fact(&key)
    }

    #[test]
    fn what_is_installed_is_known_by_its_receipt() {
        let version = FactValue::Version("0.15.1".parse().expect("a version"));
        assert_eq!(told("product.version:zig"), Fact::Known(version));
        assert_eq!(told("product.present:zig"), Fact::Known(FactValue::Flag(true)));
        let words = ["base", "docs"].map(str::to_owned).to_vec();
        assert_eq!(
            told("product.components:zig"),
            Fact::Known(FactValue::Words(words))
        );
    }

    #[test]
    fn what_is_not_installed_is_absent_and_what_cannot_be_read_is_unknown() {
        assert_eq!(told("product.present:other"), Fact::Known(FactValue::Flag(false)));
        assert_eq!(
            told("product.version:other"),
            Fact::Unknown("it is not installed".to_owned())
        );
        assert_eq!(
            told("product.present:damaged"),
            Fact::Unknown("its receipt cannot be read".to_owned())
        );
    }

    #[test]
    fn nothing_is_said_of_what_was_not_asked_or_is_no_product() {
        let keys: Vec<FactKey> = vec![F::MemoryTotal.into()];
        assert_eq!(product_facts(&keys, receipt), Facts::new());
    }
}
