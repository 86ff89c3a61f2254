use super::*;

#[test]
fn a_content_server_is_asked_with_the_proof_of_the_link() {
    let server = SafeUrl::parse("https://content.example/x").expect("a URL");
    let sha256 = Digest::of(b"a part");
    let link = SafeUrl::parse(&format!(
        "https://accounts.example/content/{sha256}?expires=9&sig=ab"
    ))
    .expect("a URL");
    let near = place_on(&[server], &sha256, &link);
    let near: Vec<&str> = near.iter().map(SafeUrl::expose).collect();
    assert_eq!(
        near,
        [format!("https://content.example/x/{sha256}?expires=9&sig=ab")]
    );
}

#[test]
fn an_answer_holds_within_bounds_and_for_its_own_domains() {
    let found = FoundServers::default();
    let domains: Vec<Domain> = vec!["smith.example".parse().expect("a domain")];
    let (server, due) = found.known(|| domains.clone());
    assert_eq!((server, due), (None, Due::Of(domains.clone())));
    found.learn(domains.clone(), &look::Look::default());
    assert_eq!(
        found.known(Vec::new),
        (None, Due::No),
        "an empty answer is one, too"
    );
}

#[test]
fn where_nobody_wants_it_nobody_looks() {
    assert_eq!(FoundServers::default().known(Vec::new), (None, Due::No));
}
