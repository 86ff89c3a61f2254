//! The export and the sign-off as pages to print. They load nothing and run nothing.

use super::export::{Whole, state_word, verdict_word};
use std::fmt::Write as _;
use toolcrib_wire::readiness::SignOff;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;color:#16211f;max-width:70rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}p{margin:.25rem 0}.muted{color:#5d5a53}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;\
border-bottom:1px solid #e2dfd7;overflow-wrap:anywhere}th{font-size:.85rem;color:#5d5a53}\
.counts{display:flex;flex-wrap:wrap;gap:1.5rem;margin:1rem 0;padding:0;list-style:none}.counts b{display:block;font-size:1.5rem}\
code{font-size:.85rem;overflow-wrap:anywhere}@media print{body{margin:0;max-width:none}tr{break-inside:avoid}}";

/// The whole check as a page.
pub(super) fn board(whole: &Whole) -> Vec<u8> {
    let counts = &whole.board.counts;
    let mut page = begin(
        &whole.title,
        &whole.organisation,
        &format!("As of {}", whole.made_at),
    );
    figures(
        &mut page,
        &[
            ("ready", counts.pass.into()),
            ("accepted", counts.accepted.into()),
            ("with warnings", counts.warn.into()),
            ("not ready", counts.fail.into()),
            ("silent", counts.silent.into()),
        ],
    );
    let causes = whole.board.causes.iter().map(|cause| {
        let product = cause.product_name.clone().unwrap_or_default();
        let (fails, warns) = (cause.fail_count.to_string(), cause.warn_count.to_string());
        [product, cause.text.clone(), fails, warns, cause.fix.clone()]
    });
    table(
        &mut page,
        "Causes",
        ["Product", "Asked for", "Fails on", "Warns on", "What to do"],
        causes,
    );
    table(
        &mut page,
        "Computers",
        ["Computer", "State", "Asked for", "Measured", "Needed"],
        whole.lines.iter().map(computer),
    );
    let silent = whole.silent.iter().map(|name| [name.clone()]);
    table(&mut page, "Silent computers", ["Computer"], silent);
    let accepted = whole.exceptions.iter().map(|exception| {
        let machine = exception.machine.clone().unwrap_or_else(|| "all".to_owned());
        [
            exception.text.clone(),
            machine,
            exception.reason.clone(),
            exception.accepted_by.clone(),
            exception.ends_at.to_string(),
        ]
    });
    table(
        &mut page,
        "Exceptions",
        ["Asked for", "Computer", "Reason", "Accepted by", "Until"],
        accepted,
    );
    end(page)
}

fn computer(line: &super::export::Line) -> [String; 5] {
    let state = state_word(line.state).to_owned();
    match &line.finding {
        None => [
            line.machine.clone(),
            state,
            String::new(),
            String::new(),
            String::new(),
        ],
        Some(finding) => [
            line.machine.clone(),
            state,
            finding.text.clone(),
            finding.measured.clone(),
            finding.needed.clone(),
        ],
    }
}

/// A sign-off as a page. The signed file is the proof; this is for reading.
pub(super) fn sign_off(document: &SignOff, key_id: &str) -> Vec<u8> {
    let by = format!("Signed off by {} on {}", document.signed_by, document.signed_at);
    let mut page = begin(&document.title, &document.organisation, &by);
    let counts = &document.counts;
    figures(
        &mut page,
        &[
            ("ready", counts.pass),
            ("with warnings", counts.warn),
            ("not ready", counts.fail),
            ("silent", counts.silent),
        ],
    );
    let products = document
        .products
        .iter()
        .map(|(product, version)| [product.to_string(), version.to_string()]);
    table(&mut page, "Products", ["Product", "Version"], products);
    let accepted = document.exceptions.iter().map(|exception| {
        let machine = exception.machine.clone().unwrap_or_else(|| "all".to_owned());
        let until = exception.until.map(|at| at.to_string()).unwrap_or_default();
        [
            exception.rule.clone(),
            machine,
            exception.reason.clone(),
            exception.accepted_by.clone(),
            until,
        ]
    });
    table(
        &mut page,
        "Accepted as they are",
        ["Rule", "Computer", "Reason", "Accepted by", "Until"],
        accepted,
    );
    let machines = document.machines.iter().map(|machine| {
        let verdict = machine
            .verdict
            .map_or_else(|| "silent".to_owned(), |verdict| verdict_word(verdict).to_owned());
        let report = machine
            .report
            .map(|digest| digest.to_string())
            .unwrap_or_default();
        [machine.machine.clone(), verdict, report]
    });
    table(
        &mut page,
        "Computers",
        ["Computer", "Verdict", "SHA-256 of its report"],
        machines,
    );
    let _ = write!(
        page,
        "<h2>Verifying</h2><p>This page is for reading. The signed file proves what it says, without any network: \
         <code>toolcrib-check verify FILE</code>. It is signed with the key <code>{}</code>.</p>",
        escaped(key_id)
    );
    end(page)
}

fn begin(title: &str, organisation: &str, line: &str) -> String {
    let (title, organisation, line) = (escaped(title), escaped(organisation), escaped(line));
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style><main><h1>{title}</h1>\
         <p class=\"muted\">{organisation} · {line}</p>"
    )
}

fn end(mut page: String) -> Vec<u8> {
    page.push_str("</main></html>\n");
    page.into_bytes()
}

fn figures(page: &mut String, figures: &[(&str, u64)]) {
    page.push_str("<ul class=\"counts\">");
    for (name, figure) in figures {
        let _ = write!(page, "<li><b>{figure}</b>{}</li>", escaped(name));
    }
    page.push_str("</ul>");
}

fn table<const N: usize>(
    page: &mut String,
    title: &str,
    head: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let _ = write!(page, "<h2>{}</h2><table><thead><tr>", escaped(title));
    for name in head {
        let _ = write!(page, "<th scope=\"col\">{}</th>", escaped(name));
    }
    page.push_str("</tr></thead><tbody>");
    for row in rows {
        page.push_str("<tr>");
        for cell in row {
            let _ = write!(page, "<td>{}</td>", escaped(&cell));
        }
        page.push_str("</tr>");
    }
    page.push_str("</tbody></table>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::super::export::tests::nasty;
    use super::*;

    #[test]
    fn what_others_wrote_is_text_on_the_page() {
        let mut whole = nasty();
        whole.lines[0].machine = "<script>alert(1)</script>".to_owned();
        let page = String::from_utf8(board(&whole)).expect("text");
        assert!(page.contains("&lt;script&gt;"), "{page}");
        assert!(!page.contains("<script"), "{page}");
        assert!(page.contains("Autumn &quot;27&quot;"), "{page}");
    }
}
