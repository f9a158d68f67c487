//! Which server is asked, with which token: flag over environment over file, and where each came from.

mod env;
mod file;
pub(crate) mod flags;
mod origin;
mod rows;
mod security;
mod server;
mod socket;
mod token;

use std::{path::PathBuf, time::Duration};

use client::{Bounds, Client, Security, ServerAddress};

use self::{env::Env, flags::ConnectionArgs};
use crate::{error::Result, output::rows::settings::SettingRow, tui::TuiTable};

pub(crate) use origin::{Origin, Setting};

/// Which server is asked, with which token.
pub(crate) struct Settings {
    /// The server.
    pub(crate) server: Setting<ServerAddress>,
    /// The CAs that alone may have signed the server's certificate, where they are named.
    pub(crate) ca_file: Option<Setting<PathBuf>>,
    /// The certificate that is shown in a token's place, where one is named.
    cert_file: Option<Setting<PathBuf>>,
    /// What protects the way to the server.
    security: Security,
    /// The token, where one is sent.
    pub(crate) token: Option<Setting<String>>,
    /// The context in use, where one is.
    pub(crate) context: Option<Setting<String>>,
    /// Every context that the settings file has.
    pub(crate) contexts: Vec<String>,
    /// How long an answer is waited for, where that is said.
    timeout: Option<Duration>,
    /// How the TUI behaves.
    pub(crate) tui: TuiTable,
    /// The settings file, whether it is there or not.
    file: Option<PathBuf>,
    /// Whether the environment has a token that isn't sent.
    ignores_token: bool,
    /// A local socket that is there but that this user may not use.
    closed_socket: Option<PathBuf>,
}

/// The names of the contexts of the settings file, whatever is the matter with the rest of it.
pub(crate) fn known_contexts() -> Vec<String> {
    let file = file::read(file::default_path().as_deref());
    file.map(|file| file.contexts()).unwrap_or_default()
}

impl Settings {
    /// Reads the settings of this process.
    pub(crate) fn resolve(flags: &ConnectionArgs) -> Result<Self> {
        let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self::from(flags, &env, file::default_path(), &socket::candidates(&env))
    }

    fn from(
        flags: &ConnectionArgs,
        env: Env<'_>,
        path: Option<PathBuf>,
        sockets: &[PathBuf],
    ) -> Result<Self> {
        let file = file::read(path.as_deref())?;
        let context = file.context(flags.context.as_deref(), env)?;
        let local = socket::find(sockets);
        let server = server::choose(flags, env, context.as_ref(), local.open)?;
        let token = token::choose(flags, env, context.as_ref(), &server)?;
        let token_origin = token.as_ref().map(|token| token.origin.clone());
        let files = security::files(flags, env, context.as_ref(), &server);
        Ok(Self {
            security: security::choose(flags, &files, context.as_ref(), &server),
            ca_file: files.ca,
            cert_file: files.cert,
            server,
            token,
            context: context.map(|context| context.name),
            contexts: file.contexts(),
            timeout: flags.timeout,
            ignores_token: token::is_ignored(env, token_origin.as_ref()),
            tui: file.tui(),
            file: path,
            closed_socket: local.closed,
        })
    }

    /// A client that asks this server with this token.
    pub(crate) fn client(&self) -> Result<Client> {
        let token = self.token.as_ref().map(|token| token.value.clone());
        let client = Client::secured(self.server.value.clone(), token, &self.security)?;
        Ok(client.within(Bounds {
            time: self.timeout,
            ..Bounds::PERSON
        }))
    }

    /// Each setting, its value and where it came from; tokens hidden.
    pub(crate) fn rows(&self) -> Vec<SettingRow> {
        let mut token = rows::row("token", self.token.as_ref(), |_| "set, hidden".to_owned());
        if self.ignores_token {
            token.from.push_str("; ASSETCTL_TOKEN is not used");
        }
        vec![
            rows::row("server", Some(&self.server), ToString::to_string),
            rows::row("ca_file", self.ca_file.as_ref(), |path| {
                path.display().to_string()
            }),
            rows::row("cert_file", self.cert_file.as_ref(), |path| {
                path.display().to_string()
            }),
            token,
            rows::row("context", self.context.as_ref(), Clone::clone),
            rows::of_file(self.file.as_deref()),
        ]
    }

    /// What is to be done about the token's file, where others can read it.
    pub(crate) fn warning(&self) -> Option<String> {
        let (Origin::File(path) | Origin::TokenFile(path)) = &self.token.as_ref()?.origin else {
            return None;
        };
        let is_exposed = token::is_exposed(path);
        let path = path.display();
        is_exposed.then(|| format!("other users can read the token in {path}: `chmod 600 {path}`"))
    }

    /// Whether a certificate stands for a token.
    pub(crate) const fn shows_certificate(&self) -> bool {
        self.cert_file.is_some() && self.token.is_none()
    }

    /// The context whose server is asked; none where another server was named.
    pub(crate) fn context_asked(&self) -> Option<&str> {
        let is_its_server = matches!(self.server.origin, Origin::File(_));
        let context = self.context.as_ref().filter(|_| is_its_server)?;
        Some(&context.value)
    }

    /// The server and the context in use, for errors.
    pub(crate) fn in_use(&self) -> Vec<String> {
        let context = self.context_asked().map(|name| format!(", context {name}"));
        let context = context.unwrap_or_default();
        let server = &self.server;
        let mut lines = vec![format!(
            "{} (from {}){context}",
            server.value, server.origin
        )];
        if let (Some(path), Origin::Default) = (&self.closed_socket, &server.origin) {
            let path = path.display();
            lines.push(format!("{path} exists too, but this user may not use it"));
        }
        lines
    }
}
