//! What this computer has: the facts of a check, with those of products and, where they are asked for, of the network.

use crate::arguments::Run;
use crate::error::Error;
use crate::send;
use camino::Utf8PathBuf;
use std::collections::BTreeSet;
use toolcrib_machine::facts::{self, Isolation, Question};
use toolcrib_machine::files;
use toolcrib_machine::folders::Home;
use toolcrib_model::{FactKey, FactName, Facts, Platform, ProductId};
use toolcrib_net::reach::{self, Reading, is_about_network};
use toolcrib_net::{Http, ProxyChoice, SafeUrl};
use toolcrib_readiness::fleet;
use toolcrib_readiness::products::product_facts;
use toolcrib_wire::readiness::Bundle;
use toolcrib_wire::receipt::Receipt;

/// The longest receipt that is looked at.
const MAX_RECEIPT: u64 = 8 << 20;

/// Measures what the rules ask for, and what is always read. The network is asked only where the signed rules do; its pace
/// is measured only where whoever started the program agreed to that.
pub(crate) fn measure(asked: &Run, bundle: &Bundle) -> Result<Facts, Error> {
    let wanted = fleet::wanted(bundle);
    let home = Home::place(None).ok();
    let usual = || home.as_ref().map_or_else(|| Utf8PathBuf::from("."), Home::apps);
    let question = Question {
        place: asked.place.clone().unwrap_or_else(usual),
        wanted: wanted.clone(),
    };
    let mut facts = facts::probe(&question, &Isolation::of_this_program());
    facts.extend(product_facts(&wanted, |product| receipt(home.as_ref(), product)));
    if asked.throughput || wanted.iter().any(is_about_network) {
        let network = send::with_network(async |http| Ok(of_network(http, asked, bundle, &wanted).await));
        facts.extend(network?);
    }
    Ok(facts)
}

/// The receipt is only looked at: a damaged one is for the client to mend.
fn receipt(home: Option<&Home>, product: &ProductId) -> Result<Option<Receipt>, String> {
    let home = home.ok_or("this account has no folder of its own")?;
    let path = home.receipts().join(format!("{product}.json"));
    let bytes = files::read_bounded(&path, MAX_RECEIPT).map_err(|error| error.to_string())?;
    let receipt = bytes.map(|bytes| serde_json::from_slice(&bytes)).transpose();
    receipt.map_err(|_| "its receipt cannot be read".to_owned())
}

async fn of_network(http: &Http, asked: &Run, bundle: &Bundle, wanted: &BTreeSet<FactKey>) -> Facts {
    let mut facts = reach::reach(http, &ProxyChoice::System, wanted).await;
    match pace(http, asked, bundle).await {
        Ok(value) => facts.know(FactName::NetworkThroughput, value),
        Err(reason) => facts.miss(FactName::NetworkThroughput, reason),
    }
    facts
}

/// Measured with this very program, which the service has for everybody.
async fn pace(http: &Http, asked: &Run, bundle: &Bundle) -> Reading {
    if !asked.throughput {
        return Err("it is measured only with --throughput".to_owned());
    }
    let service = bundle.report_to.as_ref().ok_or("the rules name no service")?;
    let program = format!("../../checkers/{}", Platform::current());
    let url = service.join(&program).map_err(|error| error.to_string())?;
    let url = SafeUrl::parse(url.as_str()).map_err(|error| error.to_string())?;
    reach::throughput(http, &url).await
}
