use super::*;
use crate::input::Input;
use crate::testing::Scratch;
use toolcrib_model::Platform;

fn read(raw: &str) -> Result<Product, Error> {
    let folder = Scratch::new();
    folder.write("EULA.txt", b"You may.\n");
    Product::read(&folder.write("product.toml", raw.as_bytes()))
}

fn fault(raw: &str) -> String {
    match read(raw) {
        Err(Error::ProductFile {
            line, fault, advice, ..
        }) => format!("{line}: {fault} | {advice}"),
        other => format!("{other:?}"),
    }
}

const WHOLE: &str = r#"
name = "Sample Studio"
publisher = "Sample Vendor"
summary = "Draws samples."
read_me = "README.txt"
restart_needed = false

[launch]
program = "bin/sample-studio"
arguments = ["--quiet"]
terminal = true

[licence]
verification = "sign_in"
grace_days = 7
needs_serial = false

[[shortcut]]
name = "Sample Studio"
icon = "share/icon.png"
place = "menu"

[[text]]
id = "eula"
title = "Terms of use"
version = "1"
body_file = "EULA.txt"

[[component]]
id = "core"
name = "Studio"
summary = "The program."
kind = "required"
files = ["bin/**", "README.txt"]

[[component]]
id = "samples"
name = "Samples"
kind = "optional"
files = ["share/**"]

[[requirement]]
id = "memory"
text = "Memory"
fix = "Add memory."
minimum = { fact = "memory.total_bytes", at_least = "256 MiB" }
recommended = { all = [{ fact = "cpu.threads", at_least = 2 }, { not = { fact = "os.libc", is = "musl" } }] }
"#;

#[test]
fn a_whole_product_file_is_read() {
    let product = read(WHOLE).expect("good");
    assert_eq!(product.name.as_deref(), Some("Sample Studio"));
    assert_eq!(product.texts[0].body, "You may.\n");
    assert_eq!(product.components.len(), 2);
    assert!(product.requirements[0].recommended.is_some());
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_its_nearest_neighbour() {
    assert_eq!(
        fault("name = \"A\"\nlicense = {}\n"),
        "2: unknown key `license` | did you mean `licence`?"
    );
    assert_eq!(
        fault("[launch]\nprogramme = \"x\"\n"),
        "2: unknown key `programme` | did you mean `program`?"
    );
    let kind = "[[component]]\nid = \"a\"\nname = \"A\"\nkind = \"needed\"\nfiles = []\n";
    assert_eq!(
        fault(kind),
        "4: unknown value `needed` | use one of: required, default, optional"
    );
}

#[test]
fn a_condition_that_is_none_is_told_with_what_is_wrong_in_it() {
    let requirement = |condition: &str| {
        format!("[[requirement]]\nid = \"a\"\ntext = \"A\"\nfix = \"B\"\nminimum = {condition}\n")
    };
    let table = [
        (
            "{ fact = \"memory.total\", at_least = 1 }",
            "there is no fact named `memory.total` | did you mean `memory.total_bytes`?",
        ),
        (
            "{ fact = \"port.free\", is = true }",
            "`port.free` needs a port from 1 to 65535 after a colon | see docs/protocol/readiness.md, 2",
        ),
        (
            "{ fact = \"cpu.cores\", atleast = 1 }",
            "unknown operator `atleast` | did you mean `at_least`?",
        ),
        (
            "{ all = [{ fact = \"cpu.colour\", is = 1 }] }",
            "there is no fact named `cpu.colour` | did you mean `cpu.cores`?",
        ),
        (
            "{ not = { fact = \"cpu.cores\", above = 1 } }",
            "unknown operator `above` | use one of: is, at_least, at_most, one_of, all_of, none_of",
        ),
    ];
    for (condition, expected) in table {
        assert_eq!(fault(&requirement(condition)), format!("5: {expected}"));
    }
}

#[test]
fn paths_and_texts_are_judged() {
    assert!(fault("read_me = \"../x\"\n").starts_with("1: the path `../x` is not allowed"));
    let text = |body: &str| format!("[[text]]\nid = \"a\"\ntitle = \"A\"\nversion = \"1\"\n{body}\n");
    assert!(fault(&text("")).contains("has no body, or two | give either"));
    assert!(fault(&text("body_file = \"none.txt\"")).contains("there is no file"));
    assert!(fault("name = \n").starts_with("1: "));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let missing = Product::read("no/such/product.toml".into());
    assert!(matches!(missing, Err(Error::NoFile { path }) if path == "no/such/product.toml"));
}

fn studio() -> Scratch {
    let folder = Scratch::new();
    for path in ["bin/sample-studio", "README.txt", "share/icon.png"] {
        folder.write(path, b"x");
    }
    folder
}

fn linted(raw: &str, folder: &Scratch) -> Result<Vec<String>, Error> {
    let input = Input::open(&folder.path, None)?;
    let faults = lint::lint(&read(raw)?, input.tree(), Platform::LinuxX86_64)?;
    Ok(faults.iter().map(ToString::to_string).collect())
}

#[test]
fn a_sound_product_has_no_faults() {
    assert_eq!(linted(WHOLE, &studio()).expect("readable"), Vec::<String>::new());
}

#[test]
fn a_component_may_be_shared_and_one_may_be_for_some_languages() {
    let raw = WHOLE.replace(
        "kind = \"optional\"",
        "kind = \"optional\"\nshared = true\nlanguages = [\"pt\", \"gl\"]",
    );
    let product = read(&raw).expect("readable");
    let samples = &product.components[1];
    assert!(samples.shared && !product.components[0].shared);
    assert_eq!(samples.languages.len(), 2);
    assert_eq!(linted(&raw, &studio()).expect("readable"), Vec::<String>::new());
}

#[test]
fn a_script_that_does_not_say_how_it_is_undone_is_refused() {
    let hook = "[[hook]]\nkind = \"script\"\nrun = { program = \"bin/sample-studio\" }\n\n[[text]]";
    let refused = fault(&WHOLE.replace("[[text]]", hook));
    assert!(refused.contains("undo"), "{refused}");
}

#[test]
fn every_file_falls_in_exactly_one_component() {
    let folder = studio();
    folder.write("extra/file", b"x");
    let refused = linted(WHOLE, &folder).expect_err("unclaimed");
    assert!(
        matches!(&refused, Error::Unclaimed { count: 1, paths } if paths == "extra/file"),
        "{refused}"
    );
    let twice = WHOLE.replace("\"README.txt\"]", "\"**\"]");
    assert!(matches!(
        linted(&twice, &studio()),
        Err(Error::ClaimedTwice { .. })
    ));
    let none = WHOLE
        .replace("\"share/**\"", "\"none/**\"")
        .replace("\"README.txt\"]", "\"README.txt\", \"share/*\"]");
    assert!(matches!(
        linted(&none, &studio()),
        Err(Error::EmptyComponent { .. })
    ));
}

#[test]
fn what_cannot_work_is_found() {
    let table = [
        (
            "bin/sample-studio",
            "bin/studio",
            "launch.program: there is no file `bin/studio`: paths are counted from the top of what is packed",
        ),
        (
            "share/icon.png",
            "icons/icon.png",
            "icon: there is no file `icons/icon.png`: did you mean `share/icon.png`?",
        ),
        (
            "bin/sample-studio",
            "README.txt",
            "launch.program: `README.txt` is not executable: set its x bit (chmod +x)",
        ),
        (
            "at_least = \"256 MiB\"",
            "at_least = \"many\"",
            "requirement `memory`: memory.total_bytes: `many` is not a size such as \"4 GiB\": see docs/protocol/readiness.md",
        ),
        (
            "name = \"Sample Studio\"\nicon",
            "name = \"a/b\"\nicon",
            "shortcut: `a/b` cannot be the name of a file: leave out / \\ : * ? \" < > | and characters that do not show",
        ),
        (
            "grace_days = 7",
            "grace_days = 100",
            "licence.grace_days: too many: give 0 to 99",
        ),
        (
            "kind = \"optional\"",
            "kind = \"required\"\nlanguages = [\"pt\"]",
            "component `samples`: everybody gets what is required: make it `default`, or leave out its languages",
        ),
        (
            "kind = \"optional\"",
            "kind = \"default\"\ntool = true",
            "component `samples`: a tool comes only where it is chosen: make it `optional`, or leave out `tool`",
        ),
        (
            "[[text]]",
            "[[hook]]\nkind = \"script\"\nrun = { program = \"README.txt\" }\nundo = \"nothing\"\n\n[[text]]",
            "hook: the script `README.txt` is not executable: set its x bit (chmod +x)",
        ),
        (
            "grace_days = 7",
            "offline_days = 366",
            "licence.offline_days: too many: give 0 to 365",
        ),
    ];
    for (from, to, expected) in table {
        let faults = linted(&WHOLE.replacen(from, to, 1), &studio()).expect("readable");
        assert_eq!(faults, [expected], "{to}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_one_on_other_systems_are_refused() {
    let folder = studio();
    folder.write("bin/Sample-Studio", b"x");
    assert!(matches!(linted(WHOLE, &folder), Err(Error::BadTree { .. })));
}
