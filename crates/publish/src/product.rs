//! The vendor's description of a product, `product.toml`.

mod components;
mod explain;
pub mod lint;
#[cfg(test)]
mod tests;

pub(crate) use components::{Share, assign};

use crate::Error;
use camino::{Utf8Path, Utf8PathBuf};
use explain::Problem;
use serde::Deserialize;
use toml::Spanned;
use toolcrib_model::{
    ComponentId, ComponentKind, Language, LicencePolicy, LocalText, ProductId, RelPath, Requirement,
};
use toolcrib_wire::hook::{Hook, SettingsFolder};
use toolcrib_wire::manifest::{Launch, Shortcut, TextToAccept};

/// The longest product file, and the longest text file, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// What a vendor says of a product, apart from its files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// Its name for people; else its id.
    pub name: Option<String>,
    /// Who made it.
    pub publisher: String,
    /// One sentence about it.
    pub summary: String,
    /// The read-me, as a file of the package.
    pub read_me: Option<RelPath>,
    /// Other products that have to be installed for it to run.
    pub needs: Vec<ProductId>,
    /// Whether the computer must be restarted after it is installed.
    pub restart_needed: bool,
    /// How it is started.
    pub launch: Option<Launch>,
    /// What its licence asks.
    pub licence: LicencePolicy,
    /// Shortcuts to make for it.
    pub shortcuts: Vec<Shortcut>,
    /// Texts that the person accepts before it is installed.
    pub texts: Vec<TextToAccept>,
    /// What it consists of; none: everything is one required component.
    pub components: Vec<ComponentRule>,
    /// What it needs of the computer.
    pub requirements: Vec<Requirement>,
    /// The vendor's own list of what the release consists of; else one is made.
    pub sbom: Option<crate::sbom::Given>,
    /// What it asks of the person's system beside its files.
    pub hooks: Vec<Hook>,
    /// Where it keeps the person's settings.
    pub settings: Vec<SettingsFolder>,
}

/// A component, and which files belong to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentRule {
    /// Its id.
    pub id: ComponentId,
    /// Its name for people.
    pub name: String,
    /// One sentence about it.
    #[serde(default)]
    pub summary: String,
    /// How it comes to be installed.
    pub kind: ComponentKind,
    /// Whether other products may have it, too: the same files at the same paths.
    #[serde(default)]
    pub shared: bool,
    /// The languages that it is for; none for what is for everybody.
    #[serde(default)]
    pub languages: Vec<Language>,
    /// Whether it is a tool or utility beside the product; only what is optional is one.
    #[serde(default)]
    pub tool: bool,
    /// Globs over paths: `*` within a folder, `**` over folders.
    pub files: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    name: Option<String>,
    #[serde(default)]
    publisher: String,
    #[serde(default)]
    summary: String,
    read_me: Option<RelPath>,
    #[serde(default)]
    needs: Vec<ProductId>,
    #[serde(default)]
    restart_needed: bool,
    launch: Option<Launch>,
    #[serde(default)]
    licence: LicencePolicy,
    #[serde(default)]
    shortcut: Vec<Shortcut>,
    #[serde(default)]
    text: Vec<Spanned<TextShape>>,
    #[serde(default)]
    component: Vec<ComponentRule>,
    #[serde(default)]
    requirement: Vec<RequirementShape>,
    #[serde(default)]
    hook: Vec<Hook>,
    #[serde(default)]
    settings: Vec<SettingsFolder>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TextShape {
    id: String,
    title: String,
    version: String,
    body: Option<String>,
    body_file: Option<Utf8PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RequirementShape {
    id: String,
    text: LocalText,
    fix: LocalText,
    link: Option<String>,
    minimum: Option<Spanned<toml::Value>>,
    recommended: Option<Spanned<toml::Value>>,
}

impl Product {
    /// Reads a product file. Files that it names are relative to it.
    ///
    /// # Errors
    /// [`Error::ProductFile`] with the line and what to do.
    pub fn read(path: &Utf8Path) -> Result<Self, Error> {
        let raw = read_text(path)?;
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        let body_of = |file: &Utf8Path| read_text(&folder.join(file));
        Self::parse(&raw, &body_of).map_err(|problem| problem.at(path, &raw))
    }

    fn parse(raw: &str, body_of: &dyn Fn(&Utf8Path) -> Result<String, Error>) -> Result<Self, Problem> {
        let shape: Shape = toml::from_str(raw).map_err(Problem::of_toml)?;
        let texts = shape
            .text
            .into_iter()
            .map(|text| into_text(text, body_of))
            .collect::<Result<_, _>>()?;
        let requirements = shape
            .requirement
            .into_iter()
            .map(into_requirement)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            name: shape.name,
            publisher: shape.publisher,
            summary: shape.summary,
            read_me: shape.read_me,
            needs: shape.needs,
            restart_needed: shape.restart_needed,
            launch: shape.launch,
            licence: shape.licence,
            shortcuts: shape.shortcut,
            texts,
            components: shape.component,
            requirements,
            sbom: None,
            hooks: shape.hook,
            settings: shape.settings,
        })
    }
}

fn read_text(path: &Utf8Path) -> Result<String, Error> {
    let bytes = toolcrib_machine::files::read_bounded(path, MAX_BYTES)?;
    let bytes = bytes.ok_or_else(|| Error::NoFile {
        path: path.to_owned(),
    })?;
    String::from_utf8(bytes).map_err(|_| Error::NotUnicode {
        path: path.to_string(),
    })
}

fn into_text(
    text: Spanned<TextShape>,
    body_of: &dyn Fn(&Utf8Path) -> Result<String, Error>,
) -> Result<TextToAccept, Problem> {
    let at = text.span().start;
    let TextShape {
        id,
        title,
        version,
        body,
        body_file,
    } = text.into_inner();
    let body = match (body, body_file) {
        (Some(body), None) => body,
        (None, Some(file)) => body_of(&file).map_err(|error| {
            Problem::new(
                at,
                format!("the text `{id}`: {error}"),
                "put the file beside the product file, or give its path from there",
            )
        })?,
        _ => {
            return Err(Problem::new(
                at,
                format!("the text `{id}` has no body, or two"),
                "give either `body` or `body_file`",
            ));
        }
    };
    Ok(TextToAccept {
        id,
        title,
        version,
        body,
    })
}

fn into_requirement(shape: RequirementShape) -> Result<Requirement, Problem> {
    let condition = |value: Option<Spanned<toml::Value>>| value.map(explain::condition).transpose();
    Ok(Requirement {
        id: shape.id,
        text: shape.text,
        fix: shape.fix,
        link: shape.link,
        minimum: condition(shape.minimum)?,
        recommended: condition(shape.recommended)?,
    })
}
