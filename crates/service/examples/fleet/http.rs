//! The requests, as any client makes them.

use super::Result;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

/// Somebody's session with a service.
pub(crate) struct Session {
    client: Client,
    url: String,
    token: String,
}

impl Session {
    pub(crate) async fn sign_in(url: &str, user: &str, password: &str) -> Result<Self> {
        let mut session = Self {
            client: Client::new(),
            url: url.trim_end_matches('/').to_owned(),
            token: String::new(),
        };
        let body = json!({ "user_id": user, "password": password });
        let answer: Value = session.post("/v1/sessions", &body).await?;
        let token = answer["access_token"].as_str().ok_or("there is no token")?;
        session.token = token.to_owned();
        Ok(session)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        match self.token.is_empty() {
            true => request,
            false => request.bearer_auth(&self.token),
        }
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Result<Value> {
        let answer = self.request(Method::POST, path).json(body).send().await?;
        Ok(answer.error_for_status()?.json().await?)
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Vec<u8>> {
        let answer = self.request(Method::GET, path).send().await?;
        Ok(answer.error_for_status()?.bytes().await?.to_vec())
    }

    /// Sends a report as a computer does, without the session: the status and what was said.
    pub(crate) async fn report(&self, path: &str, report: Vec<u8>) -> Result<(u16, Value)> {
        let request = self.client.post(format!("{}{path}", self.url));
        let answer = request
            .header("content-type", "application/json")
            .body(report)
            .send()
            .await?;
        Ok((answer.status().as_u16(), answer.json().await?))
    }
}
