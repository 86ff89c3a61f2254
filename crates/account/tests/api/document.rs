//! The closed list of operations against the OpenAPI document: what one side renames, the other notices.

use serde_json::Value;
use toolcrib_account::Operation;
use toolcrib_account::operation::Access;

fn document() -> Value {
    let raw = include_str!("../../../../docs/protocol/openapi.json");
    serde_json::from_str(raw).expect("the document is well formed")
}

fn described(document: &Value, operation: Operation) -> Value {
    let method = operation.method().as_str().to_lowercase();
    document["paths"][operation.path()][method].clone()
}

#[test]
fn every_operation_is_in_the_document_under_its_method_path_and_id() {
    let document = document();
    for operation in Operation::ALL {
        assert_eq!(described(&document, *operation)["operationId"], operation.id());
    }
}

#[test]
fn every_operation_takes_the_query_that_the_document_describes() {
    let document = document();
    for operation in Operation::ALL {
        let parameters = described(&document, *operation)["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let names: Vec<_> = in_query
            .filter_map(|parameter| parameter["name"].as_str())
            .collect();
        assert_eq!(names, operation.query(), "{operation}");
    }
}

#[test]
fn every_operation_has_the_row_of_its_gate() {
    let document = document();
    for operation in Operation::ALL {
        let gate = described(&document, *operation)["x-toolcrib-gate"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        match operation.row() {
            Some(row) => assert!(gate.starts_with(&format!("row {row}")), "{operation}: {gate}"),
            None => assert!(gate.starts_with("public"), "{operation}: {gate}"),
        }
        assert_eq!(
            operation.row().is_some(),
            operation.access() == Access::SignedIn,
            "{operation}"
        );
    }
}
