use super::*;
use crate::store::Micros;
use crate::store::Word;
use crate::store::company_terms::Rules;
use jiff::Timestamp;
use serde_json::json;
use toolcrib_model::VersionRule;
use toolcrib_model::policy::Schedule;
use toolcrib_wire::api::update_policy::Ring;
use uuid::Uuid;

fn id<T: From<Uuid>>(number: u128) -> T {
    Uuid::from_u128(number).into()
}

fn product() -> ProductId {
    "studio".parse().expect("a product")
}

/// Ann (1) is in Pilots (11) and Drafting (12), Bob (2) in Drafting, Eve (3) in none.
fn company() -> Company {
    Company {
        members: [(id(1), [id(11), id(12)].into()), (id(2), [id(12)].into())].into(),
        ..Company::default()
    }
}

fn rules(raw: &[&str]) -> Rules {
    Rules(
        raw.iter()
            .map(|raw| raw.parse::<VersionRule>().expect("a rule"))
            .collect(),
    )
}

fn group_list(group: u128, raw: &[&str]) -> GroupVersionsRow {
    GroupVersionsRow {
        group_id: Word(id(group)),
        product: Word(product()),
        rules: rules(raw),
    }
}

fn policy(number: u128, rule: serde_json::Value) -> UpdatePolicy {
    let mut whole = json!({ "name": format!("policy {number}"),
        "schedule": { "cadence": "weekly", "day": "thursday", "time": "20:00:00" } });
    let given = rule.as_object().expect("an object").clone();
    whole.as_object_mut().expect("an object").extend(given);
    UpdatePolicy {
        policy: id(number),
        rule: serde_json::from_value(whole).expect("a rule"),
        halted: false,
        changed_at: Timestamp::UNIX_EPOCH,
    }
}

fn names(company: &Company, account: u128) -> Vec<String> {
    let applied = company.applied(id(account), &product());
    applied.into_iter().map(|policy| policy.name).collect()
}

#[test]
fn lists_of_groups_add_up_and_a_persons_own_goes_before_them() {
    let mut company = company();
    company.group_versions = vec![group_list(11, &["2"]), group_list(12, &["1"])];
    let allowed = |company: &Company, account: u128| {
        let rights = company.rights(id(account), &product());
        [1, 2, 3].map(|major| rights.allow(&Version::new(major, 0, 0)))
    };
    assert_eq!(allowed(&company, 1), [true, true, false]);
    assert_eq!(allowed(&company, 2), [true, false, false]);
    assert_eq!(allowed(&company, 3), [true, true, true]);
    company.person_versions = vec![PersonVersionsRow {
        account: Word(id(2)),
        user_id: Word("bob@example.com".parse().expect("a User ID")),
        name: "Bob".to_owned(),
        product: Word(product()),
        rules: rules(&["3.0.0"]),
    }];
    assert_eq!(allowed(&company, 2), [false, false, true]);
}

#[test]
fn of_several_channels_the_one_with_the_newest_release_counts() {
    let listed: ListedProduct = serde_json::from_value(json!({
        "name": "Studio", "publisher": "V", "summary": "", "releases": [],
        "channels": { "stable": "1.0.0", "preview": "2.0.0", "beta": "2.0.0" },
    }))
    .expect("a listed product");
    let on = |group: u128, channel: &str| ChannelRow {
        group_id: Word(id(group)),
        product: Word(product()),
        channel: Word(channel.parse().expect("a channel")),
    };
    let mut company = company();
    company.channels = vec![on(12, "stable"), on(11, "preview")];
    let named = |company: &Company, account: u128| {
        company
            .channel(id(account), &product(), &listed)
            .map(ToString::to_string)
    };
    assert_eq!(named(&company, 1).as_deref(), Some("preview"));
    assert_eq!(named(&company, 2).as_deref(), Some("stable"));
    assert_eq!(named(&company, 3), None);
    company.channels.push(on(11, "beta"));
    assert_eq!(named(&company, 1).as_deref(), Some("beta"));
}

#[test]
fn a_policy_that_names_the_person_goes_before_those_for_their_groups() {
    let mut company = company();
    company.policies = vec![
        policy(21, json!({ "groups": [id::<GroupId>(12)] })),
        policy(22, json!({ "people": [id::<AccountId>(1)] })),
        policy(
            23,
            json!({ "groups": [id::<GroupId>(12)], "products": ["other"] }),
        ),
    ];
    assert_eq!(names(&company, 1), ["policy 22"]);
    assert_eq!(names(&company, 2), ["policy 21"]);
    assert_eq!(names(&company, 3), Vec::<String>::new());
}

#[test]
fn who_is_in_several_rings_is_in_the_first_and_who_is_in_none_in_the_last() {
    let mut company = company();
    let ring = |group: u128, delay_days: u16| Ring {
        group: id(group),
        delay_days,
    };
    let rings = [ring(11, 0), ring(12, 7)];
    company.policies = vec![policy(
        21,
        json!({ "rings": rings, "people": [id::<AccountId>(3)] }),
    )];
    let delays = |account: u128| {
        let applied = company.applied(id(account), &product());
        applied.iter().map(|policy| policy.delay_days).collect::<Vec<_>>()
    };
    assert_eq!((delays(1), delays(2), delays(3)), (vec![0], vec![7], vec![7]));
    let age = company.applied(id(1), &product())[0]
        .schedule
        .as_ref()
        .map(Schedule::age_days);
    assert_eq!(age, Some(4));
}

#[test]
fn ages_are_told_only_where_something_was_said() {
    let mut company = company();
    company.sightings = vec![SightingRow {
        product: Word(product()),
        version: Word(Version::new(1, 0, 0)),
        first_offered_at: Micros(Timestamp::UNIX_EPOCH),
    }];
    assert!(
        company
            .updates(id(1), &product())
            .expect("reads")
            .sightings
            .is_empty()
    );
    company.policies = vec![policy(21, json!({ "groups": [id::<GroupId>(11)] }))];
    assert_eq!(
        company.updates(id(1), &product()).expect("reads").sightings.len(),
        1
    );
}
