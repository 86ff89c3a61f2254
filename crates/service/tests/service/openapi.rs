//! The API's description, as others generate their types from it.

use toolcrib_service::http::document::document;

#[test]
fn the_committed_description_is_that_of_this_program() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol/openapi.json");
    let mut now = serde_json::to_string_pretty(&document()).expect("writes");
    now.push('\n');
    if std::env::var_os("TOOLCRIB_WRITE_BINDINGS").is_some() {
        fs_err::write(path, &now).expect("is written");
    }
    let committed = fs_err::read_to_string(path).expect("is committed");
    assert!(
        committed == now,
        "run this test with TOOLCRIB_WRITE_BINDINGS=1 and commit docs/protocol/openapi.json"
    );
}

#[test]
fn the_description_is_openapi_3_1() {
    let document = serde_json::to_value(document()).expect("writes");
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["components"]["schemas"]["Problem"]["type"], "object");
}
