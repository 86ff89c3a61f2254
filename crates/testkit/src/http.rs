//! Asking the account service as a browser does: over its own HTTP, with the portal's cookie.

use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// What the service answered.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status: 200.
    pub status: u16,
    /// The head, line by line.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Reply {
    /// The body as one JSON document, if the service did what was asked.
    ///
    /// # Panics
    /// When it did not, or said something else.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.body);
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("no JSON ({error}): {}", self.body))
    }
}

/// Somebody's session in the portal.
#[derive(Debug)]
pub struct Portal {
    server: String,
    cookie: String,
}

impl Portal {
    /// Signs somebody in to the portal.
    ///
    /// # Panics
    /// When the service refuses.
    pub fn sign_in(server: &str, user_id: &str, password: &str) -> Self {
        let mut portal = Self {
            server: server.to_owned(),
            cookie: String::new(),
        };
        let reply = portal.send(
            "POST",
            "/portal/session",
            Some(&json!({ "user_id": user_id, "password": password })),
        );
        assert_eq!(reply.status, 200, "{}", reply.body);
        let cookie = reply.head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            let is_cookie = name.eq_ignore_ascii_case("set-cookie");
            is_cookie.then(|| value.split(';').next().unwrap_or(value).to_owned())
        });
        portal.cookie = cookie.expect("the session is in a cookie");
        portal
    }

    /// Asks for something.
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None)
    }

    /// Sends something.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, Some(body))
    }

    /// Puts something where it belongs.
    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.send("PUT", path, Some(body))
    }

    /// Takes something away.
    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None)
    }

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let body = body.map(Value::to_string).unwrap_or_default();
        let lines = [
            "X-Toolcrib-Page: 1".to_owned(),
            "Content-Type: application/json".to_owned(),
            format!("Cookie: {}", self.cookie),
        ];
        send(&self.server, method, path, &lines, &body)
    }
}

/// Asks for something that everybody may have.
///
/// # Panics
/// When the service does not answer.
pub fn get(server: &str, path: &str) -> Reply {
    send(server, "GET", path, &[], "")
}

fn send(server: &str, method: &str, path: &str, lines: &[String], body: &str) -> Reply {
    let address = server.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the service answers");
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    // HTTP/1.0, so that the answer comes in one piece and ends with the connection.
    let request = format!(
        "{method} {path} HTTP/1.0\r\nHost: {address}\r\n{lines}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).expect("the request is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the answer is text");
    let (head, body) = answer.split_once("\r\n\r\n").expect("the answer has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Reply {
        status: status.expect("the answer has a status"),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}
