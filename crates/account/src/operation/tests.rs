use super::*;
use std::collections::BTreeSet;
use toolcrib_net::SafeUrl;

fn address(operation: Operation, parameters: &[(&str, &str)]) -> Result<String, String> {
    let parameters = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    operation.address(&parameters).map_err(|error| error.to_string())
}

#[test]
fn every_operation_is_found_by_its_id_and_ids_differ() {
    let ids: BTreeSet<_> = Operation::ALL.iter().map(|operation| operation.id()).collect();
    assert_eq!(ids.len(), Operation::ALL.len());
    for operation in Operation::ALL {
        assert_eq!(operation.id().parse(), Ok(*operation));
    }
    assert!("portalSignIn".parse::<Operation>().is_err());
}

#[test]
fn only_those_without_tokens_and_leases_of_this_device_are_for_pages() {
    let ids: Vec<_> = Operation::ALL
        .iter()
        .filter(|one| one.audience() == For::Client)
        .map(|one| one.id())
        .collect();
    let expected = [
        "signIn",
        "refreshSession",
        "previewHandOver",
        "redeemHandOver",
        "signOut",
        "contentLinks",
        "serial",
        "enterSerial",
        "undoSerial",
        "issueLease",
        "licenceKeys",
        "reportInstallation",
        "putDeviceFacts",
    ];
    assert_eq!(ids, expected);
}

#[test]
fn parameters_go_where_they_belong() {
    assert_eq!(
        address(Operation::Product, &[("product", "sample-studio")]).as_deref(),
        Ok("/v1/products/sample-studio")
    );
    assert_eq!(
        address(Operation::ListProducts, &[("cursor", "a&b=c/d")]).as_deref(),
        Ok("/v1/products?cursor=a%26b%3Dc%2Fd")
    );
    assert_eq!(
        address(Operation::ListProducts, &[]).as_deref(),
        Ok("/v1/products")
    );
}

#[test]
fn no_parameter_leads_to_another_path_or_server() {
    let base = SafeUrl::parse("https://a.example/crib/").expect("a URL");
    for hostile in [
        "../me",
        "..%2fme",
        "%2e%2e",
        "a/../../x",
        "//b.example",
        "?x=1",
        "#x",
        "\\",
        "a b",
        "é",
        "\0",
    ] {
        let address = address(Operation::Product, &[("product", hostile)]).expect("encoded");
        let url = base.below(&address).expect("a URL");
        assert!(
            url.expose().starts_with("https://a.example/crib/v1/products/"),
            "{hostile}: {}",
            url.expose()
        );
        assert_eq!(
            url.as_url().path_segments().map(Iterator::count),
            Some(4),
            "{hostile}"
        );
    }
    for hostile in ["", ".", ".."] {
        assert!(
            address(Operation::Product, &[("product", hostile)]).is_err(),
            "{hostile}"
        );
    }
}

#[test]
fn missing_and_unknown_parameters_are_named() {
    assert!(
        address(Operation::Product, &[])
            .expect_err("missing")
            .contains("`product`")
    );
    assert!(
        address(Operation::Me, &[("product", "x")])
            .expect_err("unknown")
            .contains("`product`")
    );
}
