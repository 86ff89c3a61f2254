//! Telling an account service's answer from any other: status, media type and shape must fit together.
//!
//! A wrong address, a captive portal or a proxy's own page must never look like a refusal of the service, nor be taken
//! for data.

use crate::error::Error;
use serde::de::DeserializeOwned;
use toolcrib_net::{Answer, SafeUrl};
use toolcrib_wire::api::problem::{Problem, ProblemCode};

const JSON: &str = "application/json";
const PROBLEM: &str = "application/problem+json";
/// The longest detail that is shown to a person, in characters.
const MAX_DETAIL: usize = 2_000;

/// Reads an answer that must have a body.
///
/// # Errors
/// The service's refusal, [`Error::Unwell`], or [`Error::NotOurServer`].
pub fn read<T: DeserializeOwned>(url: &SafeUrl, answer: &Answer) -> Result<T, Error> {
    accepted(url, answer)?;
    if answer.content_type.as_deref() != Some(JSON) {
        return Err(not_ours(url, answer));
    }
    let shape = |error: serde_json::Error| Error::NotOurServer {
        url: url.to_string(),
        reason: format!(
            "its answer has another shape than ours (line {}, column {})",
            error.line(),
            error.column()
        ),
    };
    serde_json::from_slice(&answer.body).map_err(shape)
}

/// Reads an answer for a page, which takes an absent body for nothing.
///
/// # Errors
/// As [`read`].
pub fn read_for_page(url: &SafeUrl, answer: &Answer) -> Result<serde_json::Value, Error> {
    match (answer.status, answer.body.is_empty()) {
        (204, true) => Ok(serde_json::Value::Null),
        _ => read(url, answer),
    }
}

/// Reads an answer whose body, if any, says nothing: no content, or a JSON document.
///
/// # Errors
/// As [`read`].
pub fn read_empty(url: &SafeUrl, answer: &Answer) -> Result<(), Error> {
    accepted(url, answer)?;
    match answer.content_type.as_deref() {
        None | Some(JSON) => Ok(()),
        Some(_) if answer.body.is_empty() => Ok(()),
        Some(_) => Err(not_ours(url, answer)),
    }
}

fn accepted(url: &SafeUrl, answer: &Answer) -> Result<(), Error> {
    match answer.status {
        200..=299 => Ok(()),
        _ => Err(refusal(url, answer)),
    }
}

fn refusal(url: &SafeUrl, answer: &Answer) -> Error {
    let problem = match answer.content_type.as_deref() {
        Some(PROBLEM) => serde_json::from_slice::<Problem>(&answer.body).ok(),
        _ => None,
    };
    match problem {
        Some(problem) => of_problem(url, answer, problem),
        None if answer.status >= 500 => unwell(url, answer, String::new()),
        None => not_ours(url, answer),
    }
}

fn of_problem(url: &SafeUrl, answer: &Answer, mut problem: Problem) -> Error {
    let detail: String = problem
        .detail
        .chars()
        .filter(|c| !c.is_control())
        .take(MAX_DETAIL)
        .collect();
    match problem.code {
        ProblemCode::NotSignedIn => Error::NotSignedIn,
        ProblemCode::WrongCredentials => Error::WrongCredentials { detail },
        ProblemCode::VerificationNeeded => Error::VerificationNeeded { detail },
        ProblemCode::SecondStepNeeded => Error::SecondStepNeeded { detail },
        ProblemCode::DeviceLimit => Error::DeviceLimit {
            detail,
            devices: problem.devices,
        },
        ProblemCode::DeviceReleased => Error::DeviceReleased { detail },
        ProblemCode::SerialNeeded => Error::SerialNeeded { detail },
        ProblemCode::NotPermitted => Error::NotPermitted { detail },
        ProblemCode::NoSeat => Error::NoSeat { detail },
        ProblemCode::ContractEnded => Error::ContractEnded { detail },
        ProblemCode::NotFound => Error::NotFound { detail },
        ProblemCode::TooMany => Error::TooMany {
            detail,
            retry_after: answer.retry_after,
        },
        ProblemCode::Internal => unwell(url, answer, problem.request_id),
        ProblemCode::Invalid | ProblemCode::Conflict | ProblemCode::ForeignPage | ProblemCode::Unknown => {
            problem.detail = detail;
            Error::Refused {
                problem: Box::new(problem),
            }
        }
    }
}

fn unwell(url: &SafeUrl, answer: &Answer, request_id: String) -> Error {
    Error::Unwell {
        url: url.to_string(),
        status: answer.status,
        request_id,
        retry_after: answer.retry_after,
    }
}

fn not_ours(url: &SafeUrl, answer: &Answer) -> Error {
    let kind: String = answer
        .content_type
        .as_deref()
        .unwrap_or("no type")
        .escape_debug()
        .take(80)
        .collect();
    Error::NotOurServer {
        url: url.to_string(),
        reason: format!("it answered with status {} and {kind}", answer.status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_wire::lease::LicenceKeys;

    fn check(status: u16, content_type: &str, body: &str) -> String {
        let url = SafeUrl::parse("https://a.example/v1/licence-keys").expect("a URL");
        let answer = Answer {
            status,
            content_type: (!content_type.is_empty()).then(|| content_type.to_owned()),
            body: body.to_owned().into(),
            length: None,
            date: None,
            retry_after: None,
            validator: None,
        };
        match read::<LicenceKeys>(&url, &answer) {
            Ok(keys) => format!("{} keys", keys.keys.len()),
            Err(error) => format!("{error:?}")
                .split([' ', '{'])
                .next()
                .unwrap_or_default()
                .to_owned(),
        }
    }

    fn problem(code: &str) -> String {
        format!(
            r#"{{"type":"about:blank","title":"No","status":403,"code":"{code}","detail":"Because.","request_id":"r"}}"#
        )
    }

    #[test]
    fn only_json_of_our_shape_is_an_answer() {
        let table = [
            (200, "application/json", r#"{"keys":[]}"#, "0 keys"),
            (200, "application/json", r#"{"keys":"#, "NotOurServer"),
            (200, "application/json", r#"{"status":"ok"}"#, "NotOurServer"),
            (200, "text/html", r#"{"keys":[]}"#, "NotOurServer"),
            (200, "", "", "NotOurServer"),
            (404, "text/html", "<h1>Not found</h1>", "NotOurServer"),
            (401, "", "", "NotOurServer"),
            (403, "application/json", "{}", "NotOurServer"),
            (403, "application/problem+json", "{}", "NotOurServer"),
            (502, "text/html", "<h1>Bad gateway</h1>", "Unwell"),
            (503, "", "", "Unwell"),
        ];
        for (status, kind, body, expected) in table {
            assert_eq!(check(status, kind, body), expected, "{status} {kind} {body}");
        }
    }

    #[test]
    fn every_code_of_a_problem_has_its_error() {
        let table = [
            ("wrong_credentials", "WrongCredentials"),
            ("not_signed_in", "NotSignedIn"),
            ("verification_needed", "VerificationNeeded"),
            ("second_step_needed", "SecondStepNeeded"),
            ("device_limit", "DeviceLimit"),
            ("device_released", "DeviceReleased"),
            ("serial_needed", "SerialNeeded"),
            ("not_permitted", "NotPermitted"),
            ("no_seat", "NoSeat"),
            ("contract_ended", "ContractEnded"),
            ("not_found", "NotFound"),
            ("too_many", "TooMany"),
            ("invalid", "Refused"),
            ("conflict", "Refused"),
            ("foreign_page", "Refused"),
            ("internal", "Unwell"),
            ("of_a_newer_service", "Refused"),
        ];
        for (code, expected) in table {
            assert_eq!(check(403, "application/problem+json", &problem(code)), expected);
        }
    }

    #[test]
    fn what_a_server_says_is_shown_bounded_and_without_controls() {
        let url = SafeUrl::parse("https://a.example/").expect("a URL");
        let long = format!(
            r#"{{"title":"","status":403,"code":"no_seat","detail":"\u001b[31m{}"}}"#,
            "x".repeat(10_000)
        );
        let answer = Answer {
            status: 403,
            content_type: Some(PROBLEM.into()),
            body: long.into(),
            length: None,
            date: None,
            retry_after: None,
            validator: None,
        };
        let said = read_empty(&url, &answer).expect_err("refused").to_string();
        assert_eq!(said.chars().count(), MAX_DETAIL);
        assert!(said.starts_with("[31m"));
    }
}
