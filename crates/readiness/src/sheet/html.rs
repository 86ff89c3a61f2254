//! The sheet as a page: one file without anything from elsewhere, for the screen (light and dark) and for paper.

use super::{Section, Sheet, said, sentence, word};
use toolcrib_model::Verdict;
use toolcrib_wire::readiness::Ruling;

const STYLE: &str = include_str!("sheet.css");

/// The whole page. Everything in it that is not ours is escaped; links lead to `https` only.
pub fn html(sheet: &Sheet) -> String {
    let groups: String = sheet.groups.iter().map(section).collect();
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title} · {machine}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{head}{groups}{facts}{foot}</main>\n</body>\n</html>\n",
        language = escaped(sheet.language.as_str()),
        title = escaped(&sheet.title),
        machine = escaped(&sheet.machine),
        head = head(sheet),
        facts = facts(sheet),
        foot = foot(sheet),
    )
}

fn head(sheet: &Sheet) -> String {
    let count = |verdict| {
        let number = sheet.count(verdict);
        format!("<li class=\"{0}\"><b>{number}</b> {0}</li>", word(verdict))
    };
    let counts: String = [Verdict::Fail, Verdict::Warn, Verdict::Pass].map(count).concat();
    format!(
        "<header class=\"{verdict}\">\n<p class=\"what\">{title}</p>\n<h1>{machine}</h1>\n<p class=\"sum\">{mark}{sum}</p>\n\
         <ul class=\"counts\">{counts}</ul>\n</header>\n",
        verdict = word(sheet.verdict),
        title = escaped(&sheet.title),
        machine = escaped(&sheet.machine),
        mark = mark(sheet.verdict),
        sum = sentence(sheet.verdict),
    )
}

fn section(section: &Section) -> String {
    // What needs doing comes first.
    let mut rules: Vec<_> = section.rules.iter().collect();
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.verdict));
    let rows: String = rules.into_iter().map(row).collect();
    format!(
        "<section>\n<h2>{}</h2>\n<table>\n<thead><tr><th>Result</th><th>Requirement</th><th>Measured</th><th>Needed</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n</section>\n",
        escaped(&section.heading),
    )
}

fn row(rule: &Ruling) -> String {
    let link = rule.link.as_ref().filter(|link| link.starts_with("https://"));
    let link = link.map_or_else(String::new, |link| {
        format!(" <a href=\"{0}\" rel=\"noreferrer\">{0}</a>", escaped(link))
    });
    let fix = rule.fix.as_ref().map_or_else(String::new, |fix| {
        format!(
            "<tr class=\"fix {}\"><td></td><td colspan=\"3\">{}{link}</td></tr>\n",
            word(rule.verdict),
            escaped(fix)
        )
    });
    format!(
        "<tr class=\"{verdict}\"><td class=\"mark\">{mark}{verdict}</td><td>{text}</td><td>{measured}</td><td>{needed}</td></tr>\n{fix}",
        verdict = word(rule.verdict),
        mark = mark(rule.verdict),
        text = escaped(&rule.text),
        measured = escaped(&rule.measured),
        needed = escaped(&rule.needed),
    )
}

fn facts(sheet: &Sheet) -> String {
    let rows: String = sheet
        .facts
        .iter()
        .map(|(key, fact)| {
            let (text, known) = said(key, fact);
            let class = if known { "" } else { " class=\"unknown\"" };
            let text = if known {
                escaped(&text)
            } else {
                format!("unknown: {}", escaped(&text))
            };
            format!(
                "<tr><td><code>{}</code></td><td{class}>{text}</td></tr>\n",
                escaped(&key.to_string())
            )
        })
        .collect();
    format!(
        "<details open>\n<summary>What was measured</summary>\n<table class=\"facts\">\n<tbody>\n{rows}</tbody>\n</table>\n</details>\n"
    )
}

fn foot(sheet: &Sheet) -> String {
    format!(
        "<footer>Measured {} by {}.</footer>\n",
        escaped(&sheet.measured_at.strftime("%Y-%m-%d %H:%M UTC").to_string()),
        escaped(&sheet.tool),
    )
}

/// A shape beside the colour, so that the colour is not the only carrier.
fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "<span class=\"sign\" aria-hidden=\"true\">✓</span> ",
        Verdict::Warn => "<span class=\"sign\" aria-hidden=\"true\">!</span> ",
        Verdict::Fail => "<span class=\"sign\" aria-hidden=\"true\">✕</span> ",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() && letter != '\n' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
