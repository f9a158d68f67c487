//! The settings file: contexts, as kubectl has them.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{
    env::Env,
    origin::{Origin, Setting},
};
use crate::{
    error::{CliError, Result},
    tui::TuiTable,
    words::suggest,
};

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    current_context: Option<String>,
    #[serde(default)]
    contexts: BTreeMap<String, WrittenContext>,
    #[serde(default)]
    tui: TuiTable,
}

/// What it says of one context.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenContext {
    server: Option<String>,
    ca_file: Option<PathBuf>,
    cert_file: Option<PathBuf>,
    key_file: Option<PathBuf>,
    #[serde(default)]
    insecure_http: bool,
    token: Option<String>,
    token_file: Option<PathBuf>,
}

/// The file as it was read.
pub(super) struct File {
    path: PathBuf,
    written: Written,
}

/// The context in use.
#[derive(Debug)]
pub(super) struct Context {
    /// Its name, and who chose it.
    pub(super) name: Setting<String>,
    /// Its server.
    pub(super) server: Option<Setting<String>>,
    /// The CAs of its server.
    pub(super) ca_file: Option<Setting<PathBuf>>,
    /// The certificate to show to it.
    pub(super) cert_file: Option<Setting<PathBuf>>,
    /// The certificate's key.
    pub(super) key_file: Option<Setting<PathBuf>>,
    /// Whether its server may be spoken with in the clear.
    pub(super) insecure_http: bool,
    /// Its token.
    pub(super) token: Option<Setting<String>>,
    /// The file that its token stands in.
    pub(super) token_file: Option<PathBuf>,
}

/// `$XDG_CONFIG_HOME/assetctl/config.toml`, or what stands for it here.
pub(super) fn default_path() -> Option<PathBuf> {
    dirs::config_dir().map(|dir| dir.join("assetctl").join("config.toml"))
}

/// Reads the file; one that isn't there says nothing.
pub(super) fn read(path: Option<&Path>) -> Result<File> {
    let path = path.unwrap_or(Path::new("config.toml"));
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            let what = format!("cannot read the settings file {}", path.display());
            return Err(CliError::failed(what).because(error));
        }
    };
    let written = toml::from_str(&text).map_err(|error| malformed(path, &text, &error))?;
    let path = path.to_owned();
    Ok(File { path, written })
}

/// Only the line's number and what is wrong: the line itself may hold a token.
fn malformed(path: &Path, text: &str, error: &toml::de::Error) -> CliError {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    let what = format!("line {line} of {} is not valid", path.display());
    let tables = before.unwrap_or_default().lines().rev().map(str::trim);
    let mut tables = tables.filter(|line| line.starts_with('['));
    let hint = match tables.next() {
        Some(table) if table.starts_with("[tui") => {
            "`[tui]` has `refresh_seconds` and `wheel`; `[tui.keys]` lines as `export = [\"e\", \"ctrl-s\"]`"
        }
        _ => "a context is `[contexts.NAME]` with `server`, and `token` or `token_file`",
    };
    CliError::failed(what).because(error.message()).hint(hint)
}

impl File {
    /// How the TUI behaves.
    pub(super) fn tui(&self) -> TuiTable {
        self.written.tui.clone()
    }

    /// The names of all contexts.
    pub(super) fn contexts(&self) -> Vec<String> {
        self.written.contexts.keys().cloned().collect()
    }

    /// The context in use: the flag's, the environment's, or the file's current one.
    pub(super) fn context(&self, flag: Option<&str>, env: Env<'_>) -> Result<Option<Context>> {
        let from_env = || {
            Some(Setting::new(
                env("ASSETCTL_CONTEXT")?,
                Origin::Env("ASSETCTL_CONTEXT"),
            ))
        };
        let from_file = || {
            let name = self.written.current_context.clone()?;
            Some(Setting::new(name, Origin::File(self.path.clone())))
        };
        let from_flag = flag.map(|name| Setting::new(name.to_owned(), Origin::Flag("--context")));
        let Some(name) = from_flag.or_else(from_env).or_else(from_file) else {
            return Ok(None);
        };
        let Some(written) = self.written.contexts.get(&name.value) else {
            return Err(self.no_context(&name));
        };
        let here = |value: &String| Setting::new(value.clone(), Origin::File(self.path.clone()));
        let file =
            |file: &PathBuf| Setting::new(self.beside(file), Origin::File(self.path.clone()));
        Ok(Some(Context {
            server: written.server.as_ref().map(here),
            ca_file: written.ca_file.as_ref().map(file),
            cert_file: written.cert_file.as_ref().map(file),
            key_file: written.key_file.as_ref().map(file),
            insecure_http: written.insecure_http,
            token: written.token.as_ref().map(here),
            token_file: written.token_file.as_ref().map(|file| self.beside(file)),
            name,
        }))
    }

    /// A relative path is meant from where the settings file is.
    fn beside(&self, file: &Path) -> PathBuf {
        self.path
            .parent()
            .map_or_else(|| file.to_owned(), |dir| dir.join(file))
    }

    fn no_context(&self, name: &Setting<String>) -> CliError {
        let path = self.path.display();
        let (value, origin) = (&name.value, &name.origin);
        let error = CliError::failed(format!("{path} has no context `{value}` (from {origin})"));
        let mut known = self.written.contexts.keys().map(String::as_str).peekable();
        if known.peek().is_none() {
            return error.hint(format!(
                "add `[contexts.{value}]` with `server = \"…\"` to it"
            ));
        }
        let known: Vec<&str> = known.collect();
        error.hint(suggest::hint(value, known))
    }
}
