//! docs/ACCESS.md: each line that it has people type is typed.

use std::{collections::BTreeSet, fs, io::Write, os::unix::fs::PermissionsExt, process::Stdio};

use crate::demo::Demo;

const PAGE: &str = include_str!("../../../docs/ACCESS.md");

/// The page, and what of it was tried.
struct Page<'a> {
    demo: &'a Demo,
    tried: BTreeSet<String>,
}

impl Page<'_> {
    /// Runs a line of the page with the server's address in place of the example's, and answers what
    /// it writes; nothing but the page's own settings says which server that is.
    fn types(&mut self, line: &str, with: &[(&str, &str)], input: &str) -> String {
        assert!(
            PAGE.contains(&format!("\n    {line}\n")),
            "the page has no `{line}`"
        );
        self.tried.insert(line.to_owned());
        let meant = with
            .iter()
            .fold(line.to_owned(), |line, (from, to)| line.replace(from, to));
        let mut command = self.demo.shell(&meant);
        command.env_remove("ASSETCTL_SERVER").stdin(Stdio::piped());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{meant}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Lines of the page that were not tried.
    fn untried(&self) -> Vec<&'static str> {
        let lines = PAGE.lines().filter_map(|line| line.strip_prefix("    "));
        // What goes into files, and what Tab completes, which is tried in the shells themselves.
        let in_files = [
            "current_context",
            "[contexts",
            "server =",
            "token_file",
            "source",
            "fpath",
            "autoload",
        ];
        let lines = lines.filter(|line| !in_files.iter().any(|begin| line.starts_with(begin)));
        let lines = lines.filter(|line| !line.ends_with("<Tab>"));
        lines.filter(|line| !self.tried.contains(*line)).collect()
    }
}

#[test]
fn a_colleague_gets_access_as_the_page_says() {
    let demo = Demo::start();
    let address = demo.address();
    let at = [("assetctl ", &*format!("assetctl --server {address} "))];
    let here = [("https://assets.example.org", demo.web())];
    let here = [(here[0].0, here[0].1.as_str())];
    let mut page = Page {
        demo: &demo,
        tried: BTreeSet::new(),
    };
    let create = "assetctl token create anna --role reader --expires-in 90d";
    let token = page.types(create, &at, "");
    assert!(page.types("assetctl token list", &at, "").contains("anna"));

    page.types("install -m 700 -d ~/.config/assetctl", &[], "");
    page.types(
        "install -m 600 /dev/stdin ~/.config/assetctl/prod.token",
        &[],
        &token,
    );
    let file = demo.dir().join(".config/assetctl/prod.token");
    assert_eq!(
        fs::metadata(file).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let begin = PAGE.find("    current_context").unwrap();
    let settings = &PAGE[begin..];
    let settings = &settings[..settings.find("\n\nIf the server").unwrap()];
    let settings = settings.replace("    ", "").replace(here[0].0, here[0].1);
    demo.write(".config/assetctl/config.toml", &settings);
    assert!(page.types("assetctl status", &[], "").contains("hosts"));
    let config = page.types("assetctl config", &[], "");
    assert!(
        config.contains("hidden") && !config.contains(token.trim()),
        "{config}"
    );
    let line = "ASSETCTL_SERVER=https://assets.example.org ASSETCTL_TOKEN=TOKEN assetctl status";
    page.types(
        line,
        &[here[0], ("=TOKEN", &format!("={}", token.trim()))],
        "",
    );

    for (folder, written) in [
        (
            "mkdir -p ~/.local/share/bash-completion/completions",
            "assetctl completions bash > ~/.local/share/bash-completion/completions/assetctl",
        ),
        (
            "mkdir -p ~/.zfunc",
            "assetctl completions zsh > ~/.zfunc/_assetctl",
        ),
        (
            "mkdir -p ~/.config/fish/completions",
            "assetctl completions fish > ~/.config/fish/completions/assetctl.fish",
        ),
    ] {
        page.types(folder, &[], "");
        page.types(written, &[], "");
    }

    page.types("assetctl token revoke anna", &at, "");
    let refused = demo
        .shell("assetctl status")
        .env_remove("ASSETCTL_SERVER")
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(4), "{refused:?}");
    assert_eq!(page.untried(), [""; 0]);
}
