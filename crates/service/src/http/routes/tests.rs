use super::*;
use std::collections::BTreeSet;
use utoipa::openapi::path::Operation;

fn described(route: &Route) -> Option<(String, Operation)> {
    let (path, item) = route.paths.paths.iter().next()?;
    let operation = match route.method {
        "GET" => &item.get,
        "PUT" => &item.put,
        "POST" => &item.post,
        "HEAD" => &item.head,
        "DELETE" => &item.delete,
        _ => &None,
    };
    operation.clone().map(|operation| (path.clone(), operation))
}

#[test]
fn every_route_is_described_under_its_method_path_and_name() {
    for route in routes() {
        let (path, operation) =
            described(&route).unwrap_or_else(|| panic!("{} is not described", route.operation));
        assert_eq!(path, route.path(), "{}", route.operation);
        assert_eq!(operation.operation_id.as_deref(), Some(route.operation));
        assert!(operation.summary.is_some(), "{} has no summary", route.operation);
    }
}

#[test]
fn names_and_places_are_taken_once() {
    let routes = routes();
    let names: BTreeSet<_> = routes.iter().map(|route| route.operation).collect();
    let places: BTreeSet<_> = routes.iter().map(|route| (route.method, route.pattern)).collect();
    assert_eq!((names.len(), places.len()), (routes.len(), routes.len()));
}

#[test]
fn every_described_operation_is_in_the_list_with_its_gate() {
    let document = serde_json::to_value(document::document()).expect("writes");
    let routes = routes();
    let mut seen = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("an item") {
            let route = routes
                .iter()
                .find(|route| route.path() == *path && route.method.eq_ignore_ascii_case(method));
            let route = route.unwrap_or_else(|| panic!("{method} {path} has no gate"));
            assert_eq!(
                operation["x-toolcrib-gate"],
                route.gate.to_string(),
                "{method} {path}"
            );
            seen += 1;
        }
    }
    assert_eq!(seen, routes.len());
}

#[test]
fn nothing_but_the_list_makes_routes() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut places = Vec::new();
    visit(source.as_ref(), &mut places);
    places.sort();
    assert_eq!(
        places,
        ["http/mod.rs", "mirror/doors.rs"],
        "only http/mod.rs, which walks the list, makes routes; the content server is another program, without accounts"
    );
}

fn visit(folder: &std::path::Path, places: &mut Vec<String>) {
    for entry in fs_err::read_dir(folder)
        .expect("lists")
        .map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            visit(&entry, places);
        } else if fs_err::read_to_string(&entry)
            .expect("reads")
            .contains(concat!(".rou", "te("))
        {
            let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/");
            places.push(entry.to_string_lossy().replace(root, ""));
        }
    }
}
