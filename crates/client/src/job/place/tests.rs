use super::{Goal, Place, Priority, moved};
use toolcrib_model::JobId;

fn id(name: &str) -> JobId {
    name.parse().expect("an id")
}

fn normal(rank: i64) -> Place {
    Place {
        priority: Priority::Normal,
        rank,
    }
}

/// The order of the jobs after `job` was moved among `others`.
fn order(others: &[(&str, Place)], goal: &Goal) -> Vec<String> {
    let others: Vec<_> = others.iter().map(|(name, place)| (id(name), *place)).collect();
    let written = moved(&id("me"), goal, &others).expect("a place");
    let mut all = others;
    for (job, place) in written {
        all.retain(|(known, _)| *known != job);
        all.push((job, place));
    }
    all.sort_by_key(|(_, place)| *place);
    all.into_iter().map(|(job, _)| job.to_string()).collect()
}

#[test]
fn a_job_is_put_first_last_or_before_another_one() {
    let others = [("a", normal(10)), ("b", normal(20)), ("c", normal(30))];
    assert_eq!(order(&others, &Goal::First), ["me", "a", "b", "c"]);
    assert_eq!(order(&others, &Goal::Last), ["a", "b", "c", "me"]);
    assert_eq!(order(&others, &Goal::Before(id("b"))), ["a", "me", "b", "c"]);
}

#[test]
fn where_there_is_no_room_between_two_all_are_ranked_anew() {
    let others = [("a", normal(10)), ("b", normal(11)), ("c", normal(12))];
    assert_eq!(order(&others, &Goal::Before(id("c"))), ["a", "b", "me", "c"]);
}

#[test]
fn whoever_is_put_before_somebody_urgent_is_urgent() {
    let urgent = Place {
        priority: Priority::Urgent,
        rank: 50,
    };
    let written = moved(
        &id("me"),
        &Goal::First,
        &[(id("a"), urgent), (id("b"), normal(1))],
    )
    .expect("a place");
    assert!(written[0].1 < urgent, "{written:?}");
    assert_eq!(
        order(&[("a", urgent), ("b", normal(1))], &Goal::Before(id("b"))),
        ["a", "me", "b"]
    );
}

#[test]
fn nobody_can_stand_before_a_job_that_does_not_wait() {
    assert_eq!(
        moved(&id("me"), &Goal::Before(id("x")), &[(id("a"), normal(1))]),
        None
    );
}
