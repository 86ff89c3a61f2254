use super::*;

const MB: f64 = 1e6;
const TICK: f64 = 0.1;

/// A job as it goes: what is fetched, written and flushed at each moment follows from speeds that change with time.
struct Trace {
    total: Done,
    /// Bytes a second of the network at each second.
    network: fn(f64) -> f64,
    /// Bytes a second that files are written with, at most.
    files: f64,
    /// Bytes a second of the disk.
    disk: f64,
    /// How many bytes a fetched byte unpacks to, after this share of the package.
    unpacks_to: fn(f64) -> f64,
}

/// A moment of a job, and how much time had passed.
struct Moment {
    s: f64,
    shown: Option<u64>,
}

impl Trace {
    /// Plays the job. Answers what was shown at each moment, and when the job ended.
    fn play(&self) -> (Vec<Moment>, f64) {
        let start = Instant::now();
        let at = |s: f64| start + Duration::from_secs_f64(s);
        let mut forecast = Forecast::new(self.total);
        forecast.begin(start, Done::default());
        let (mut fetched, mut written, mut flushed) = (0.0, 0.0, 0.0);
        let (mut moments, mut s, mut told) = (Vec::new(), 0.0, 0.0);
        let end = self.total.written as f64;
        while flushed < end {
            s += TICK;
            let ratio = (self.unpacks_to)(fetched / self.total.fetched as f64);
            let arrives = (self.network)(s).min(self.files / ratio) * TICK;
            let held_up = self.files / ratio < (self.network)(s);
            fetched = (fetched + arrives).min(self.total.fetched as f64);
            written = match fetched >= self.total.fetched as f64 {
                true => (written + self.files * TICK).min(end),
                false => (written + arrives * ratio).min(end),
            };
            flushed = (flushed + self.disk * TICK).min(written);
            if flushed - told >= 32.0 * MB {
                forecast.flushed(
                    at(s),
                    (flushed - told) as u64,
                    Duration::from_secs_f64((flushed - told) / self.disk),
                );
                told = flushed;
            }
            let done = Done {
                fetched: fetched as u64,
                written: written as u64,
            };
            forecast.observe(at(s), done, held_up);
            let shown = forecast.remaining_s(at(s));
            moments.push(Moment { s, shown });
        }
        (moments, s)
    }

    /// The median error after the first tenth of the time, as a share of what was really left.
    fn median_error(&self) -> f64 {
        let (moments, end) = self.play();
        let late = moments
            .iter()
            .filter(|moment| moment.s >= end / 10.0 && moment.s < end - 1.0);
        let mut errors: Vec<f64> = late
            .map(|moment| match moment.shown {
                // A shown second may be up to a second too long, by rounding up.
                Some(shown) => ((shown as f64 - 0.5) - (end - moment.s)).abs() / (end - moment.s),
                None => 1.0,
            })
            .collect();
        errors.sort_by(f64::total_cmp);
        errors[errors.len() / 2]
    }
}

fn package(fetched: f64, written: f64) -> Done {
    Done {
        fetched: fetched as u64,
        written: written as u64,
    }
}

/// Small texts first, programs after them: as in most packages.
fn texts_then_programs(share: f64) -> f64 {
    if share < 0.25 { 9.0 } else { 4.3 }
}

const fn evenly(_: f64) -> f64 {
    5.0
}

#[track_caller]
fn check(what: &str, trace: &Trace) {
    let error = trace.median_error();
    assert!(error <= 0.2, "{what}: the median error is {:.0} %", error * 100.0);
}

#[test]
fn on_a_steady_link_the_time_is_right() {
    check(
        "a steady link",
        &Trace {
            total: package(70.0 * MB, 383.0 * MB),
            network: |_| 2.5 * MB,
            files: 400.0 * MB,
            disk: 200.0 * MB,
            unpacks_to: texts_then_programs,
        },
    );
}

#[test]
fn on_a_link_that_breathes_the_time_is_right() {
    check(
        "a link that breathes",
        &Trace {
            total: package(700.0 * MB, 3500.0 * MB),
            network: |s| (10.0 + 6.0 * (s / 3.0).sin()) * MB,
            files: 400.0 * MB,
            disk: 300.0 * MB,
            unpacks_to: evenly,
        },
    );
}

#[test]
fn on_a_link_that_gets_half_as_fast_the_time_is_right() {
    check(
        "a link that gets slower",
        &Trace {
            total: package(300.0 * MB, 1500.0 * MB),
            network: |s| if s < 8.0 { 10.0 * MB } else { 5.0 * MB },
            files: 400.0 * MB,
            disk: 300.0 * MB,
            unpacks_to: evenly,
        },
    );
}

#[test]
fn where_the_processor_is_slowest_the_time_is_right() {
    check(
        "a slow processor",
        &Trace {
            total: package(700.0 * MB, 3832.0 * MB),
            network: |_| 100.0 * MB,
            files: 80.0 * MB,
            disk: 300.0 * MB,
            unpacks_to: texts_then_programs,
        },
    );
}

#[test]
fn where_the_disk_is_slowest_its_flush_is_reckoned_with() {
    check(
        "a slow disk",
        &Trace {
            total: package(400.0 * MB, 2000.0 * MB),
            network: |_| 40.0 * MB,
            files: 400.0 * MB,
            disk: 50.0 * MB,
            unpacks_to: evenly,
        },
    );
}

#[test]
fn the_time_goes_back_only_where_speeds_fall() {
    let trace = Trace {
        total: package(70.0 * MB, 383.0 * MB),
        network: |_| 2.5 * MB,
        files: 400.0 * MB,
        disk: 200.0 * MB,
        unpacks_to: texts_then_programs,
    };
    let (moments, end) = trace.play();
    let shown: Vec<u64> = moments
        .iter()
        .filter(|moment| moment.s > end / 10.0)
        .filter_map(|moment| moment.shown)
        .collect();
    assert!(shown.is_sorted_by(|earlier, later| earlier >= later), "{shown:?}");
}

#[test]
fn a_standstill_has_no_end() {
    let start = Instant::now();
    let mut forecast = Forecast::new(package(100.0, 100.0));
    forecast.begin(start, Done::default());
    for s in 1..40 {
        forecast.observe(start + Duration::from_secs(s), Done::default(), false);
    }
    assert_eq!(forecast.remaining_s(start + Duration::from_secs(40)), None);
}

#[test]
fn nothing_is_said_before_there_is_something_to_say() {
    let start = Instant::now();
    let mut forecast = Forecast::new(package(100.0, 100.0));
    assert_eq!(forecast.remaining_s(start), None);
    forecast.begin(start, Done::default());
    forecast.observe(start + Duration::from_millis(100), package(50.0, 50.0), false);
    assert_eq!(forecast.remaining_s(start + Duration::from_millis(100)), None);
}
