use super::*;
use std::net::Ipv4Addr;

/// More than any script here needs, on whatever computer: what it answers is looked at, and not how soon.
const PLENTY: Duration = Duration::from_secs(60);

/// A network of two names.
#[derive(Debug)]
struct Office;

impl Names for Office {
    fn address(&self, host: &str) -> Option<Ipv4Addr> {
        match host {
            "www.example" => Some(Ipv4Addr::new(198, 51, 100, 7)),
            "inside.corp.example" => Some(Ipv4Addr::new(10, 1, 2, 3)),
            _ => None,
        }
    }

    fn own(&self) -> Option<Ipv4Addr> {
        Some(Ipv4Addr::new(10, 1, 9, 9))
    }
}

fn office() -> Arc<dyn Names> {
    Arc::new(Office)
}

async fn asked(script: &str, to: &str) -> Result<Vec<Hop>> {
    let url = Url::parse(to).expect("an address");
    let script = Script::new(script.as_bytes()).within(PLENTY);
    script.ways(&url, &office()).await
}

/// What the expression is, in a script that is asked about `https://www.example:8443/secret?token=1`.
async fn value(expression: &str) -> String {
    let script = format!(
        "function FindProxyForURL(url, host) {{ return 'PROXY ' + String({expression}) + '.example:1'; }}"
    );
    match asked(&script, "https://www.example:8443/secret?token=1")
        .await
        .as_deref()
    {
        Ok([Hop::Proxy(url)]) => url
            .host_str()
            .expect("a host")
            .trim_end_matches(".example")
            .to_owned(),
        other => panic!("{expression}: {other:?}"),
    }
}

async fn all_are(expected: &str, expressions: &[&str]) {
    for expression in expressions {
        assert_eq!(value(expression).await, expected, "{expression}");
    }
}

#[tokio::test]
async fn a_script_decides_by_host_and_hears_nothing_of_path_and_query() {
    all_are(
        "true",
        &["url === 'https://www.example:8443/'", "host === 'www.example'"],
    )
    .await;
    let script = "var inside = 0; function FindProxyForURL(url, host) { \
        undeclared = 1; if (dnsDomainIs(host, '.corp.example')) return 'DIRECT'; return 'PROXY p.example:3128; DIRECT' }";
    let told = async |to| {
        asked(script, to)
            .await
            .expect("ways")
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert_eq!(told("https://a.corp.example/").await, ["DIRECT"]);
    assert_eq!(
        told("https://b.example/").await,
        ["PROXY p.example:3128", "DIRECT"]
    );
}

#[tokio::test]
async fn the_functions_of_names_and_addresses_do_what_is_written_of_them() {
    all_are(
        "true",
        &[
            "isPlainHostName('www')",
            "dnsDomainIs('www.Corp.example', '.corp.example')",
            "localHostOrDomainIs('www.corp.example', 'www.corp.example')",
            "localHostOrDomainIs('www', 'www.corp.example')",
            "isResolvable('inside.corp.example')",
            "isInNet('inside.corp.example', '10.0.0.0', '255.0.0.0')",
            "isInNet('198.51.100.7', '198.51.100.0', '255.255.255.0')",
            "isInNet('255.255.255.255', '255.0.0.0', '255.0.0.0')",
            "dnsResolve('www.example') === '198.51.100.7'",
            "dnsResolve('nowhere.example') === null",
            "myIpAddress() === '10.1.9.9'",
            "dnsDomainLevels('a.b.c') === 2 && dnsDomainLevels('a') === 0",
            "shExpMatch('https://a.example/x', '*.example/*') && shExpMatch('a.b', 'a?b') && shExpMatch('', '*')",
            "alert('x') === undefined",
        ],
    )
    .await;
    all_are(
        "false",
        &[
            "isPlainHostName('www.corp.example') || isPlainHostName('::1')",
            "dnsDomainIs('corp.example', '.corp.example')",
            "localHostOrDomainIs('home.corp.example', 'www.corp.example')",
            "isResolvable('nowhere.example')",
            "isInNet('nowhere.example', '0.0.0.0', '0.0.0.0')",
            "isInNet('www.example', '10.0.0.0', '255.0.0.0')",
            "isInNet('10.1.2.3', '10.0.0.999', '255.0.0.0')",
            "shExpMatch('a.example.org', '*.example') || shExpMatch('ab', 'a?b') || shExpMatch('a+b', 'a.b')",
        ],
    )
    .await;
}

/// The clock of the script: Sunday, 22 November 2026, 18:30:15 UTC, two hours later on the wall.
const CLOCK: &str = "(Date = class extends Date { \
    constructor() { super(Date.UTC(2026, 10, 22, 18, 30, 15)); } \
    getHours() { return this.getUTCHours() + 2; } getMinutes() { return this.getUTCMinutes(); } \
    getSeconds() { return this.getUTCSeconds(); } getDay() { return this.getUTCDay(); } \
    getDate() { return this.getUTCDate(); } getMonth() { return this.getUTCMonth(); } \
    getFullYear() { return this.getUTCFullYear(); } }, true)";

#[tokio::test]
async fn the_functions_of_time_know_ranges_that_go_on_over_their_end() {
    let set = |expressions: &[&str]| -> Vec<String> {
        expressions
            .iter()
            .map(|expression| format!("{CLOCK} && ({expression})"))
            .collect()
    };
    let holds = set(&[
        "weekdayRange('SUN')",
        "weekdayRange('FRI', 'MON')",
        "weekdayRange('SUN', 'GMT')",
        "timeRange(20)",
        "timeRange(18, 'GMT')",
        "timeRange(22, 20)",
        "timeRange(18, 0, 18, 30, 'GMT')",
        "timeRange(18, 30, 15, 18, 30, 15, 'GMT')",
        "timeRange(20, 30, 20, 29)",
        "dateRange(22)",
        "dateRange('NOV')",
        "dateRange(2026)",
        "dateRange(20, 25)",
        "dateRange('OCT', 'FEB')",
        "dateRange(1, 'NOV', 30, 'NOV')",
        "dateRange(24, 'DEC', 23, 'NOV')",
        "dateRange('NOV', 2026, 'JAN', 2027)",
        "dateRange(1, 'JAN', 2026, 31, 'DEC', 2026, 'GMT')",
    ]);
    let fails = set(&[
        "weekdayRange('MON', 'SAT')",
        "weekdayRange('SONNTAG')",
        "weekdayRange()",
        "timeRange(18)",
        "timeRange(8, 17)",
        "timeRange(18, 30, 16, 18, 31, 0, 'GMT')",
        "timeRange(1, 2, 3)",
        "dateRange()",
        "dateRange(23)",
        "dateRange('DEC', 'OCT')",
        "dateRange(2025)",
        "dateRange(1, 'NOV', 21, 'NOV')",
        "dateRange(0)",
    ]);
    for (expressions, expected) in [(holds, "true"), (fails, "false")] {
        let expressions: Vec<&str> = expressions.iter().map(String::as_str).collect();
        all_are(expected, &expressions).await;
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_script_is_told() {
    let to = "https://www.example/";
    let fault = async |script: &str| asked(script, to).await.expect_err("a fault");
    assert!(matches!(fault("function (").await, Error::NotUnderstood { .. }));
    assert!(matches!(
        fault("<html>sign in first</html>").await,
        Error::NotUnderstood { .. }
    ));
    assert!(matches!(fault("").await, Error::NoFunction));
    let thrown = fault("function FindProxyForURL() { throw new Error('no\\u0007 way') }").await;
    assert!(
        matches!(&thrown, Error::Failed { reason } if reason.contains("no way")),
        "{thrown}"
    );
    let nothing = fault("function FindProxyForURL() {}").await;
    assert!(
        matches!(&nothing, Error::Failed { reason } if reason.contains("undefined")),
        "{nothing}"
    );
    assert!(matches!(
        fault("function FindProxyForURL() { return 'HELP' }").await,
        Error::NoWay { .. }
    ));
}

#[tokio::test]
async fn a_script_without_an_end_is_left_behind() {
    let to = Url::parse("https://www.example/").expect("an address");
    for endless in [
        "while (true) {}",
        "try { while (true) {} } catch (all) { while (true) {} }",
        "'a'.repeat(40).match(/(a*)*$b/)",
        "[].indexOf.call({ length: 1e15 }, 1)",
    ] {
        let text = format!("function FindProxyForURL() {{ {endless}; return 'DIRECT' }}");
        let script = Script::new(text.as_bytes()).within(Duration::from_millis(200));
        let error = script.ways(&to, &office()).await.expect_err("no end");
        assert!(matches!(error, Error::TookTooLong { .. }), "{endless}: {error}");
    }
}

#[tokio::test]
async fn a_script_gets_neither_memory_nor_depth_without_a_bound_nor_files_nor_a_network() {
    for greedy in [
        "var all = []; while (true) all.push(new Array(1e6).fill(1))",
        "'x'.repeat(1 << 29) + 'y'.repeat(1 << 29)",
        "(function deeper() { deeper() })()",
    ] {
        let text = format!("function FindProxyForURL() {{ {greedy}; return 'DIRECT' }}");
        let error = asked(&text, "https://www.example/").await.expect_err("a bound");
        assert!(matches!(error, Error::Failed { .. }), "{greedy}: {error}");
    }
    let names = [
        "require",
        "process",
        "std",
        "os",
        "fetch",
        "XMLHttpRequest",
        "WebSocket",
        "print",
        "console",
    ];
    for name in names {
        assert_eq!(value(&format!("typeof {name}")).await, "undefined", "{name}");
    }
    let many = "(function () { for (var i = 0; i < 40; i++) dnsResolve('www.example'); return dnsResolve('www.example') })()";
    assert_eq!(value(many).await, "null");
}

#[tokio::test]
async fn scripts_that_are_no_unicode_are_read_as_browsers_read_them() {
    let script = b"// f\xfcr alle\nfunction FindProxyForURL() { return 'DIRECT' }";
    let to = Url::parse("https://[2001:db8::1]/").expect("an address");
    assert_eq!(
        Script::new(script).ways(&to, &office()).await.expect("ways"),
        [Hop::Direct]
    );
    assert_eq!(question(&to).host, "2001:db8::1");
}
