//! The files of a release apart from the program: templates, textures, examples, texts.

/// The text that a person accepts before installing.
pub(super) const EULA: &str = "\
SAMPLE STUDIO: SAMPLE LICENCE AGREEMENT

This is sample text of a sample vendor. It grants you the right to look at it.

1. You may install Sample Studio on the devices that you use yourself.
2. You sign in at the first launch and every thirty days after that.
3. Offline you work on for as long as your licence says.
4. Nothing in here binds anybody to anything.
";

const README: &str = "\
Sample Studio draws plans from templates in the terminal.

  sample-studio                 starts the studio
  sample-studio draw            lists the templates
  sample-studio draw room-001   draws one
  sample-studio draw room-001 --svg room.svg
  sample-studio about           shows version and licence
";

const GERMAN: &str = include_str!("../language/de.txt");

const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<rect width="64" height="64" rx="12" fill="#0b4f52"/><path d="M14 46V18h22v28zM40 46V30h10v16z" fill="none" stroke="#f4efe6" stroke-width="4"/></svg>
"##;

const WELCOME: &str = "\
size 46 9
box 0 0 46 9
text 3 2 Welcome to the studio.
text 3 4 sample-studio draw          lists templates
text 3 5 sample-studio draw NAME     draws one
line 3 7 42 7
";

/// What Vim reads to show plans in colour.
const VIM: &str = "\
\" Colours for the plans of Sample Studio: put this into ~/.vim/syntax, and `set syntax=plan`.
syntax match planNumber /\\<\\d\\+\\>/
syntax match planWords /^text \\d\\+ \\d\\+ .*$/ contains=planShape,planNumber
syntax keyword planShape size box line text
highlight default link planNumber Number
highlight default link planWords String
highlight default link planShape Statement
";

/// Templates of the first release; each minor version brings some more.
const TEMPLATES: u64 = 240;
const TEMPLATES_A_VERSION: u64 = 24;
/// Textures, and the bytes of each: enough that an install takes long enough to be paused.
const TEXTURES: u64 = 6;
const TEXTURE_BYTES: usize = 4 << 20;
const STRIP_BYTES: usize = 64 << 10;
const EXAMPLES: u64 = 12;

/// Every file of a release apart from the program, with its path.
pub(super) fn files(version: &str) -> Vec<(String, Vec<u8>)> {
    let step = version
        .split('.')
        .nth(1)
        .and_then(|minor| minor.parse::<u64>().ok())
        .unwrap_or(0);
    let mut files = vec![
        ("README.txt".to_owned(), README.into()),
        ("share/icon.svg".to_owned(), ICON.into()),
        ("templates/welcome.plan".to_owned(), WELCOME.into()),
        ("languages/de.txt".to_owned(), GERMAN.into()),
        ("tools/plan.vim".to_owned(), VIM.into()),
        (
            "share/whats-new.txt".to_owned(),
            format!("Sample Studio {version}\n").into(),
        ),
    ];
    let templates = TEMPLATES + step * TEMPLATES_A_VERSION;
    files.extend(
        (1..=templates).map(|number| (format!("templates/room-{number:03}.plan"), room(number).into())),
    );
    files.extend(
        (1..=TEXTURES).map(|number| (format!("textures/surface-{number:02}.raw"), texture(number, step))),
    );
    files.extend((1..=EXAMPLES).map(|number| {
        (
            format!("examples/project-{number:02}.plan"),
            project(number).into(),
        )
    }));
    files
}

/// One room with its door and its name.
fn room(number: u64) -> String {
    let mut dice = Dice(number);
    let (width, height) = (16 + dice.roll(40), 5 + dice.roll(12));
    let door = 2 + dice.roll(width - 6);
    format!(
        "size {width} {height}\nbox 0 0 {width} {height}\ntext 2 1 Room {number}\nline {door} {low} {end} {low}\ntext 2 2 {area} m2\n",
        low = height - 1,
        end = door + 2,
        area = width * height / 10
    )
}

/// A floor of several rooms.
fn project(number: u64) -> String {
    let rooms = (0..6).map(|at| {
        let (x, y) = (at % 3 * 22, at / 3 * 9);
        format!(
            "box {x} {y} 22 9\ntext {} {} Room {}\n",
            x + 2,
            y + 1,
            number * 10 + at
        )
    });
    format!("size 70 20\n{}", rooms.collect::<String>())
}

/// A surface of grain: noise that compresses a little, the same in every version but for one strip of the first.
fn texture(number: u64, step: u64) -> Vec<u8> {
    const SIX_BITS_OF_EACH: u64 = 0x3f3f_3f3f_3f3f_3f3f;
    let mut surface = noise(number.wrapping_mul(0x9e37_79b9), TEXTURE_BYTES, SIX_BITS_OF_EACH);
    if number == 1 {
        surface[..STRIP_BYTES].copy_from_slice(&noise(1_000 + step, STRIP_BYTES, u64::MAX));
    }
    surface
}

/// Eight grains a throw, of which `mask` leaves some bits.
fn noise(seed: u64, length: usize, mask: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut grains = Vec::with_capacity(length);
    while grains.len() < length {
        grains.extend_from_slice(&(dice.throw() & mask).to_le_bytes());
    }
    grains
}

/// Numbers that look random and are always the same (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.throw() % sides
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
