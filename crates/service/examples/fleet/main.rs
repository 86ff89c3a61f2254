//! Sends the reports of simulated computers to a running service and measures how its board keeps up: what
//! `cargo xtask bench fleet` runs. It prints one JSON object, and fails where a bar is missed.
#![allow(clippy::print_stdout, reason = "a measurement's result goes to stdout")]

mod fleet;
mod http;

use clap::Parser;
use fleet::Fleet;
use http::Session;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The bars of issue 5.
const ALL_SHOWN: Duration = Duration::from_secs(60);
const BOARD: Duration = Duration::from_millis(300);
/// How often each page is asked for; the median counts.
const ASKED: usize = 9;

/// What fails stops the measurement, with its words.
pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Measures readiness checks of many computers.
#[derive(Parser)]
struct Arguments {
    /// The service.
    #[arg(long)]
    url: String,
    /// Somebody who administers a contract.
    #[arg(long)]
    user: String,
    /// Their password.
    #[arg(long)]
    password: String,
    /// How many computers send their reports, one by one.
    #[arg(long, default_value_t = 200)]
    sending: u64,
    /// How many reports there are in the end; the rest comes as files.
    #[arg(long, default_value_t = 10_000)]
    all: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let asked = Arguments::parse();
    let session = Session::sign_in(&asked.url, &asked.user, &asked.password).await?;
    let fleet = Fleet::new(session).await?;
    let refused = fleet.refused().await?;
    let sent = sent(&fleet, asked.sending).await?;
    let begun = Instant::now();
    fleet.import(asked.sending..asked.all).await?;
    let imported = begun.elapsed();
    let pages = pages(&fleet, asked.all).await?;
    let report = json!({
        "refused": refused,
        "sending": { "computers": asked.sending, "shown_after_s": sent.as_secs_f64() },
        "importing": { "computers": asked.all - asked.sending, "s": imported.as_secs_f64() },
        "pages_ms": pages,
    });
    println!("{report}");
    judge(sent, &pages)
}

/// Until the board shows all that were sent.
async fn sent(fleet: &Fleet, computers: u64) -> Result<Duration> {
    let begun = Instant::now();
    fleet.send(computers).await?;
    while fleet.shown().await? < computers {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(begun.elapsed())
}

async fn pages(fleet: &Fleet, all: u64) -> Result<Value> {
    let shown = fleet.shown().await?;
    if shown != all {
        return Err(format!("the board shows {shown} computers, not {all}").into());
    }
    let mut figures = serde_json::Map::new();
    for (name, rest) in [
        ("board", "/board"),
        ("first_page", "/machines"),
        ("failing", "/machines?state=fail"),
        ("one_cause", "/machines?rule=memory"),
        ("search", "/machines?name=99"),
        ("silent", "/silent"),
        ("export_csv", "/export?format=csv"),
        ("export_xlsx", "/export?format=xlsx"),
    ] {
        let mut times = Vec::new();
        for _ in 0..ASKED {
            let begun = Instant::now();
            fleet.get(rest).await?;
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        times.sort_by(f64::total_cmp);
        figures.insert(name.to_owned(), json!(times[ASKED / 2]));
    }
    Ok(Value::Object(figures))
}

fn judge(sent: Duration, pages: &Value) -> Result<()> {
    let board = pages["board"].as_f64().unwrap_or(f64::INFINITY);
    if sent > ALL_SHOWN {
        return Err(format!("the reports were shown after {sent:?}, the bar is {ALL_SHOWN:?}").into());
    }
    if board > BOARD.as_secs_f64() * 1_000.0 {
        return Err(format!("the board took {board:.0} ms, the bar is {BOARD:?}").into());
    }
    Ok(())
}
