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
    /// A row without rounds.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            rounds: Vec::new(),
        }
    }

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

/// The middle value.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints rows with their ratios to the first one.
pub(super) fn print(title: &str, rows: &[Row], tree_bytes: u64) {
    let Some(base) = rows.first() else { return };
    println!(
        "\n{title} (ratios to the first row, medians of {} rounds)",
        base.rounds.len()
    );
    println!(
        "{:<36} {:>7} {:>6} {:>8} {:>6} {:>7} {:>6} {:>5} {:>8} {:>8}",
        "", "wall s", "ratio", "on disk", "ratio", "CPU s", "ratio", "MiB", "written", "device"
    );
    for row in rows {
        println!(
            "{:<36} {:>7.2} {:>6.2} {:>8.2} {:>6.2} {:>7.2} {:>6.2} {:>5.0} {:>7.2}× {:>7.2}×",
            row.name,
            row.median(|cost| cost.wall),
            row.ratio(base, |cost| cost.wall),
            row.median(|cost| cost.durable),
            row.ratio(base, |cost| cost.durable),
            row.median(|cost| cost.cpu),
            row.ratio(base, |cost| cost.cpu),
            row.median(|cost| cost.peak_bytes as f64) / f64::from(1 << 20),
            row.median(|cost| cost.written_bytes as f64) / tree_bytes as f64,
            row.median(|cost| cost.device_bytes as f64) / tree_bytes as f64,
        );
    }
}

/// What nobody can be faster than, in seconds, and what we took.
#[derive(serde::Serialize)]
pub(super) struct Limits {
    /// Our bytes with their headers at the rate of the link.
    wire: Option<f64>,
    /// Our CPU seconds over the number of cores.
    cpu: f64,
    /// Copying the tree until it is on the disk; `None` where nobody was asked to.
    disk: Option<f64>,
    ours: f64,
}

impl Limits {
    /// The limits of our row.
    pub(super) fn of(rows: &[Row], ours: &str, bits_per_s: Option<f64>, package_bytes: u64) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        let row = |name: &str| rows.iter().find(|row| row.name.starts_with(name));
        let median = |name: &str, figure: fn(&Cost) -> f64| row(name).map(|row| row.median(figure));
        // An Ethernet frame of 1500 bytes carries 1448 of ours.
        let on_the_wire = package_bytes as f64 * 8.0 * 1500.0 / 1448.0;
        Self {
            wire: bits_per_s.map(|bits| on_the_wire / bits),
            cpu: median(ours, |cost| cost.cpu).unwrap_or(f64::NAN) / cores,
            disk: median("cp -r", |cost| cost.durable),
            ours: median(ours, |cost| cost.wall).unwrap_or(f64::NAN),
        }
    }

    fn slowest(&self) -> f64 {
        let others = [self.wire, self.disk].into_iter().flatten();
        others.fold(self.cpu, f64::max)
    }
}

/// Prints what nobody can be faster than.
pub(super) fn limits(limits: &Limits) {
    let seconds = |limit: Option<f64>| limit.map_or("–".to_owned(), |seconds| format!("{seconds:.2} s"));
    println!(
        "limits: wire {}, CPU over cores {:.2} s, disk (cp -r, flushed) {}; ours {:.2} s = {:.2} × the slowest",
        seconds(limits.wire),
        limits.cpu,
        seconds(limits.disk),
        limits.ours,
        limits.ours / limits.slowest()
    );
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
