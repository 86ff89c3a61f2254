//! The board: counts and causes over everything that the computers of one check reported.
//!
//! How a computer stands is reckoned by [`super::readiness_state`].

use super::readiness_state::{is_covered, silent, state};
use super::value::{Count, micros};
use super::{Connection, Word, statements};
use crate::error::{Act, Error};
use jiff::Timestamp;
use sqlx::FromRow;
use toolcrib_model::{CheckId, Verdict};
use toolcrib_wire::api::readiness::board::{Change, State};

statements! {
    STATES = concat!(
        "SELECT state, COUNT(*) AS machine_count FROM (SELECT ", state!(),
        " FROM readiness_machines m WHERE m.check_id = $1) AS judged GROUP BY state"
    );
    CHANGES = "SELECT change, COUNT(*) AS machine_count FROM readiness_machines WHERE check_id = $1 GROUP BY change";
    NEWEST = "SELECT MAX(received_at) FROM readiness_machines WHERE check_id = $1";
    PRODUCTS = "SELECT p.product, p.verdict, COUNT(*) AS machine_count
                FROM readiness_machines m JOIN readiness_product_verdicts p ON p.machine_id = m.id
                WHERE m.check_id = $1 GROUP BY p.product, p.verdict";
    CAUSES = concat!(
        "SELECT f.product, f.rule, f.verdict, COUNT(*) AS machine_count,
                SUM(CASE WHEN ", is_covered!(), " THEN 1 ELSE 0 END) AS accepted_count
         FROM readiness_findings f WHERE f.check_id = $1 GROUP BY f.product, f.rule, f.verdict"
    );
    SILENT_COUNT = concat!("SELECT COUNT(*) FROM ", silent!());
}

/// How many computers are in one state.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct StateCount {
    #[sqlx(try_from = "String")]
    pub state: Word<State>,
    #[sqlx(try_from = "i64")]
    pub machine_count: Count,
}

/// How many computers changed in one way.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ChangeCount {
    #[sqlx(try_from = "String")]
    pub change: Word<Change>,
    #[sqlx(try_from = "i64")]
    pub machine_count: Count,
}

/// How many computers fare in one way for a product.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct ProductCount {
    pub product: String,
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    #[sqlx(try_from = "i64")]
    pub machine_count: Count,
}

/// How many computers lack one thing.
#[expect(missing_docs, reason = "the columns under their own names")]
#[derive(Clone, Debug, FromRow)]
pub struct CauseRow {
    pub product: String,
    pub rule: String,
    #[sqlx(try_from = "String")]
    pub verdict: Word<Verdict>,
    #[sqlx(try_from = "i64")]
    pub machine_count: Count,
    #[sqlx(try_from = "i64")]
    pub accepted_count: Count,
}

/// How many computers are in each state at a time.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn states(
    connection: &mut Connection,
    check: CheckId,
    now: Timestamp,
) -> Result<Vec<StateCount>, Error> {
    let query = sqlx::query_as(STATES).bind(check.to_string()).bind(micros(now));
    query
        .fetch_all(connection)
        .await
        .act("count computers by their state")
}

/// How many computers changed in each way.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn changes(connection: &mut Connection, check: CheckId) -> Result<Vec<ChangeCount>, Error> {
    let query = sqlx::query_as(CHANGES).bind(check.to_string());
    query
        .fetch_all(connection)
        .await
        .act("count computers by their change")
}

/// When the newest report arrived, in microseconds.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn newest(connection: &mut Connection, check: CheckId) -> Result<Option<i64>, Error> {
    let query = sqlx::query_scalar(NEWEST).bind(check.to_string());
    query.fetch_one(connection).await.act("look up the newest report")
}

/// How many computers fare how for each product.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn products(connection: &mut Connection, check: CheckId) -> Result<Vec<ProductCount>, Error> {
    let query = sqlx::query_as(PRODUCTS).bind(check.to_string());
    query
        .fetch_all(connection)
        .await
        .act("count computers by product")
}

/// What is lacking, and on how many computers.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn causes(
    connection: &mut Connection,
    check: CheckId,
    now: Timestamp,
) -> Result<Vec<CauseRow>, Error> {
    let query = sqlx::query_as(CAUSES).bind(check.to_string()).bind(micros(now));
    query.fetch_all(connection).await.act("group findings by cause")
}

/// How many awaited computers have not reported.
///
/// # Errors
/// [`Error::Store`] where the database cannot be read.
pub async fn silent_count(connection: &mut Connection, check: CheckId) -> Result<u32, Error> {
    let query = sqlx::query_scalar(SILENT_COUNT).bind(check.to_string());
    let found: i64 = query.fetch_one(connection).await.act("count silent computers")?;
    Ok(Count::try_from(found)?.0)
}
