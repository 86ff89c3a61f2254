//! Medians and ratios, as a table for people.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

use super::measure::Cost;

/// All rounds of one candidate.
#[derive(serde::Serialize)]
pub(super) struct Row {
    /// What was run.
    pub(super) name: String,
    /// One cost for each round.
    pub(super) rounds: Vec<Cost>,
}

impl Row {
    pub(super) fn median(&self, figure: impl Fn(&Cost) -> f64) -> f64 {
        median(self.rounds.iter().map(figure).collect())
    }

    /// The median of this row's figure over `base`'s, round by round.
    pub(super) fn ratio(&self, base: &Self, figure: impl Fn(&Cost) -> f64) -> f64 {
        median(
            self.rounds
                .iter()
                .zip(&base.rounds)
                .map(|(own, other)| figure(own) / figure(other))
                .collect(),
        )
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints rows with their ratios to the first one.
pub(super) fn print(title: &str, rows: &[Row], tree_bytes: u64) {
    let Some(base) = rows.first() else { return };
    println!("\n{title}");
    println!(
        "{:<44} {:>8} {:>7} {:>8} {:>7} {:>9} {:>9}",
        "", "wall s", "ratio", "CPU s", "ratio", "peak MiB", "written"
    );
    for row in rows {
        println!(
            "{:<44} {:>8.2} {:>7.2} {:>8.2} {:>7.2} {:>9.0} {:>8.2}×",
            row.name,
            row.median(|cost| cost.wall),
            row.ratio(base, |cost| cost.wall),
            row.median(|cost| cost.cpu),
            row.ratio(base, |cost| cost.cpu),
            row.median(|cost| cost.peak_bytes as f64) / f64::from(1 << 20),
            row.median(|cost| cost.written_bytes as f64) / tree_bytes as f64,
        );
    }
}

/// Prints one line of a result.
pub(super) fn line(text: &str) {
    println!("{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_value() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
    }
}
