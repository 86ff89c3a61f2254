//! Every behaviour, fresh and half-done: the table.

use crate::behaviours::{Behaviour, Expected, all};
use crate::bench::{End, Report, Start, run};
use futures::stream::{self, StreamExt as _};

/// How many runs go on at once.
const AT_ONCE: usize = 8;
/// What a fault may cost where nothing as a whole was wrong.
const CHEAP: f64 = 1.25;

#[tokio::test(flavor = "multi_thread")]
async fn no_origin_breaks_a_download() {
    let behaviours = all();
    let runs = behaviours
        .iter()
        .flat_map(|behaviour| [(behaviour, Start::Fresh), (behaviour, Start::HalfDone)]);
    let reports: Vec<_> = stream::iter(runs)
        .map(|(behaviour, start)| async move { (behaviour, start, run(behaviour, start).await) })
        .buffered(AT_ONCE)
        .collect()
        .await;
    let complaints: Vec<_> = reports.iter().filter_map(complaint).collect();
    print(&reports);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

type Row<'a> = (&'a Behaviour, Start, Report);

fn complaint((behaviour, start, report): &Row<'_>) -> Option<String> {
    let right = match (&report.end, behaviour.expected) {
        (End::Right, Expected::Cheaply) => report.cost() <= CHEAP,
        (End::Right, Expected::Again) => true,
        (End::Failed(said), Expected::Failure(words)) => said.contains(words),
        _ => false,
    };
    let fine = right && report.is_bounded();
    (!fine).then(|| format!("{} ({start:?}): {report:?}", behaviour.name))
}

#[expect(
    clippy::print_stdout,
    reason = "the table is what this test is run for by people"
)]
fn print(reports: &[Row<'_>]) {
    println!(
        "{:<32} {:<9} {:>6} {:>6}  outcome",
        "behaviour", "start", "bytes", "ms"
    );
    for (behaviour, start, report) in reports {
        let outcome = match &report.end {
            End::Right => "right",
            End::Failed(said) => said.split_once(": ").map_or(said.as_str(), |(_, cause)| cause),
            End::Wrong | End::Touched | End::Hung => "BROKEN",
        };
        let (cost, took) = (report.cost(), report.took.as_millis());
        let start = format!("{start:?}");
        println!(
            "{:<32} {start:<9} {cost:>5.2}x {took:>6}  {outcome}",
            behaviour.name
        );
    }
    let count = |holds: fn(&End) -> bool| reports.iter().filter(|(.., report)| holds(&report.end)).count();
    println!(
        "{} runs: {} right, {} failed and said why, {} silently wrong, {} hung",
        reports.len(),
        count(|end| *end == End::Right),
        count(|end| matches!(end, End::Failed(_))),
        count(|end| matches!(end, End::Wrong | End::Touched)),
        count(|end| *end == End::Hung),
    );
}
