//! How a computer stands, in SQL: said once, for the board and for the lists.
//!
//! A finding that a valid exception covers counts as accepted. Which exceptions are valid depends on the time, so that
//! is reckoned when it is asked: `$2` is the time. `MIN` finds the worst verdict, since `fail` sorts before `warn`.

/// Whether a valid exception covers the finding `f`.
macro_rules! is_covered {
    () => {
        "EXISTS (SELECT 1 FROM readiness_exceptions e
                 WHERE e.check_id = f.check_id AND e.product = f.product AND e.rule = f.rule AND e.ends_at > $2
                   AND (e.machine_id IS NULL OR e.machine_id = f.machine_id))"
    };
}

/// The state of the computer `m`.
macro_rules! state {
    () => {
        concat!(
            "CASE WHEN m.verdict = 'pass' THEN 'pass'
                  ELSE COALESCE((SELECT MIN(f.verdict) FROM readiness_findings f
                                 WHERE f.machine_id = m.id AND NOT ",
            $crate::store::readiness_state::is_covered!(),
            "), 'accepted') END AS state"
        )
    };
}

/// What a list tells of the computer `m`, beside the finding that was asked for.
macro_rules! machine {
    () => {
        concat!(
            "m.id AS machine, m.name, m.sort_key, m.verdict, m.change, m.made_at, m.received_at,
             (SELECT COUNT(*) FROM readiness_findings f WHERE f.machine_id = m.id) AS finding_count, ",
            $crate::store::readiness_state::state!()
        )
    };
}

/// The computers of the check `$1` that are awaited and have not reported, as `e`.
macro_rules! silent {
    () => {
        "readiness_expected e
         WHERE e.check_id = $1 AND NOT EXISTS (
             SELECT 1 FROM readiness_machines m WHERE m.check_id = e.check_id AND m.name_key = e.name_key)"
    };
}

pub(crate) use {is_covered, machine, silent, state};
