//! What the journeys through real pages share: finding things by their test id, and asking axe.
//!
//! It knows no product rules; the journeys say what must be seen.

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::{Client, Locator};
use std::time::Duration;

/// A page in a real window or browser.
pub struct Page(Client);

/// How long a page may take to show something, on a computer that is busy with much else.
const PATIENCE: Duration = Duration::from_secs(60);

impl Page {
    /// Opens a session at the driver with these capabilities.
    ///
    /// # Panics
    /// When the driver refuses or does not answer in time.
    pub async fn open(driver: &str, capabilities: serde_json::Value) -> Self {
        let capabilities = capabilities
            .as_object()
            .cloned()
            .expect("capabilities are an object");
        let mut builder =
            fantoccini::ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(capabilities);
        let session = tokio::time::timeout(PATIENCE * 2, builder.connect(driver)).await;
        Self(
            session
                .expect("the driver answers in time")
                .expect("the driver opens a session"),
        )
    }

    /// The WebDriver client itself.
    pub fn client(&self) -> &Client {
        &self.0
    }

    /// Waits for the element with this test id.
    ///
    /// # Panics
    /// When it does not come; the message shows the page's text.
    pub async fn find(&self, id: &str) -> Element {
        self.find_css(&format!("[data-testid='{id}']")).await
    }

    /// Waits for the first element of a CSS selector.
    ///
    /// # Panics
    /// When it does not come; the message shows the page's text.
    pub async fn find_css(&self, css: &str) -> Element {
        match self
            .0
            .wait()
            .at_most(PATIENCE)
            .for_element(Locator::Css(css))
            .await
        {
            Ok(element) => element,
            Err(error) => panic!(
                "{css} did not come ({error}); the page says:\n{}",
                self.text().await
            ),
        }
    }

    /// Clicks the element with this test id once it is there and can be clicked: a page that changes just now may put
    /// another one in its place, and a click on a button that is disabled is lost.
    ///
    /// # Panics
    /// When it does not come or cannot be clicked.
    pub async fn click(&self, id: &str) {
        let css = format!("[data-testid='{id}']");
        // A click through the page works whether or not the element has been scrolled into view by then.
        let script = "const e = document.querySelector(arguments[0]); if (!e || e.disabled) return false; \
            e.scrollIntoView({block: 'center'}); e.click(); return true;";
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            self.find(id).await;
            let clicked = self.0.execute(script, vec![css.clone().into()]).await;
            if clicked.expect("the page answers") == true {
                return;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "{id} cannot be clicked; the page says:\n{}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Types into the element with this test id, in place of what it holds.
    ///
    /// # Panics
    /// When it does not come or takes no text.
    pub async fn type_into(&self, id: &str, text: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        // A page that changes just now may put another element in its place.
        while let Err(error) = self.try_to_type(id, text).await {
            assert!(
                tokio::time::Instant::now() < deadline,
                "{id} takes no text ({error}); the page says:\n{}",
                self.text().await
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn try_to_type(&self, id: &str, text: &str) -> Result<(), CmdError> {
        let element = self.find(id).await;
        element.clear().await?;
        element.send_keys(text).await
    }

    /// Everything that the page says.
    pub async fn text(&self) -> String {
        let body = self.0.execute("return document.body.innerText", Vec::new()).await;
        body.ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Waits until `holds` is true of the page's attribute `name` of the element with this test id.
    ///
    /// # Panics
    /// When that does not come.
    pub async fn until_attribute(&self, id: &str, name: &str, holds: impl Fn(&str) -> bool) -> String {
        let script =
            "const e = document.querySelector(arguments[0]); return e && e.getAttribute(arguments[1]);";
        let arguments = vec![format!("[data-testid='{id}']").into(), name.into()];
        let deadline = tokio::time::Instant::now() + PATIENCE * 2;
        loop {
            let value = self
                .0
                .execute(script, arguments.clone())
                .await
                .expect("the page answers");
            if let Some(value) = value.as_str().filter(|value| holds(value)) {
                return value.to_owned();
            }
            let page = self.text().await;
            assert!(
                tokio::time::Instant::now() < deadline,
                "{id}.{name} is {value:?}; the page says:\n{page}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until the page says `text`.
    ///
    /// # Panics
    /// When it does not.
    pub async fn until_says(&self, text: &str) {
        let deadline = tokio::time::Instant::now() + PATIENCE;
        loop {
            let page = self.text().await;
            if page.contains(text) {
                return;
            }
            assert!(
                tokio::time::Instant::now() < deadline,
                "the page does not say `{text}` but:\n{page}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Asks axe about the page and answers its serious and critical violations, each in one line.
    ///
    /// # Panics
    /// When axe is not installed among the pages' libraries or does not run.
    pub async fn serious_violations(&self) -> Vec<String> {
        let axe = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../ui/node_modules/axe-core/axe.min.js"
        );
        let source =
            std::fs::read_to_string(axe).expect("axe-core is among the pages' libraries: `cargo xtask test`");
        self.0
            .execute(&source, Vec::new())
            .await
            .expect("axe can be loaded");
        let script = "const done = arguments[arguments.length - 1]; axe.run(document).then(r => done(r.violations \
            .filter(v => v.impact === 'serious' || v.impact === 'critical') \
            .map(v => v.id + ': ' + v.help + ' ' + v.nodes.map(n => n.html).join(' | '))), e => done([String(e)]));";
        let found = self.0.execute_async(script, Vec::new()).await.expect("axe runs");
        serde_json::from_value(found).expect("axe answers a list")
    }

    /// Asserts that axe finds nothing serious on the page called `name`.
    ///
    /// # Panics
    /// When axe finds something, or cannot be asked.
    pub async fn looks_well(&self, name: &str) {
        assert_eq!(
            self.serious_violations().await,
            Vec::<String>::new(),
            "the page `{name}`"
        );
    }

    /// Ends the session.
    ///
    /// # Panics
    /// When the driver does not answer.
    pub async fn close(self) {
        self.0.close().await.expect("the session ends");
    }
}
