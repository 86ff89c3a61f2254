//! What the organisation set for this computer: a line each with where it is written, faults below.

use toolcrib_client::view::{PolicyFault, PolicyStanding, PolicyView, ProxyScriptView};

/// What is set, where, and what is wrong with it.
pub(crate) fn policy(view: &PolicyView) -> String {
    let mut lines = vec![head(view)];
    let width = view
        .set
        .iter()
        .map(|setting| setting.key.len())
        .max()
        .unwrap_or_default();
    let set = view.set.iter();
    lines.extend(set.map(|setting| {
        format!(
            "  {:<width$}  {}  [{}]",
            setting.key, setting.value, setting.place
        )
    }));
    lines.extend(view.script.iter().map(of_script));
    lines.extend(view.faults.iter().map(of_fault));
    lines.join("\n")
}

fn head(view: &PolicyView) -> String {
    let places = view.named();
    match view.standing {
        PolicyStanding::None => format!("Your organisation sets nothing: nothing is at {places}."),
        PolicyStanding::InForce => format!("Set by your organisation in {places}:"),
        PolicyStanding::Refused => {
            format!("{places} cannot be used; nothing is fetched or updated until it is mended.")
        }
    }
}

fn of_script(script: &ProxyScriptView) -> String {
    let ways = script.ways.join("; ");
    match &script.fault {
        None => format!("  The script says for {}: {ways}", script.server),
        Some(fault) => format!("  WARN: {fault}; until then {ways}  [{}]", script.place),
    }
}

fn of_fault(fault: &PolicyFault) -> String {
    let weight = if fault.refused { "FAIL" } else { "passed over" };
    format!("  {weight}: {}  [{}]", fault.text, fault.place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use toolcrib_client::view::PolicySetting;

    fn fault(key: &str, text: &str, refused: bool) -> PolicyFault {
        PolicyFault {
            key: Some(key.to_owned()),
            text: text.to_owned(),
            refused,
            place: "/p.json".to_owned(),
        }
    }

    #[test]
    fn what_is_set_and_what_is_wrong_stand_below_each_other_with_where_they_are_from() {
        let view = PolicyView {
            place: "/p.json".to_owned(),
            places: Vec::new(),
            standing: PolicyStanding::Refused,
            set: vec![PolicySetting {
                key: "connections".to_owned(),
                value: "1".to_owned(),
                place: "/m.plist".to_owned(),
            }],
            faults: vec![
                fault("peers", "`peers`: unknown", true),
                fault("x", "`x`: this key is not known here", false),
            ],
            script: Some(ProxyScriptView {
                place: "https://p.example/proxy.pac".to_owned(),
                server: "accounts.example".to_owned(),
                ways: vec!["DIRECT".to_owned()],
                fault: Some("the script cannot be fetched".to_owned()),
            }),
        };
        assert_eq!(
            policy(&view),
            "/p.json cannot be used; nothing is fetched or updated until it is mended.\n  \
             connections  1  [/m.plist]\n  WARN: the script cannot be fetched; until then DIRECT  \
             [https://p.example/proxy.pac]\n  FAIL: `peers`: unknown  [/p.json]\n  \
             passed over: `x`: this key is not known here  [/p.json]"
        );
    }
}
