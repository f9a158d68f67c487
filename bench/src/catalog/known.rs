//! Packages that every fleet has, under the names that people ask for: the most popular of their ecosystem.

use super::ecosystem::Ecosystem;

/// A source package of a distribution, with what is built from it.
pub type KnownSource = (&'static str, &'static [&'static str]);

/// The source packages of a distribution that come first in every base; the very first is OpenSSL.
#[must_use]
pub const fn sources(ecosystem: Ecosystem) -> &'static [KnownSource] {
    match ecosystem {
        Ecosystem::Deb => DEB,
        Ecosystem::Rpm => RPM,
        Ecosystem::Apk => APK,
        _ => &[],
    }
}

/// The packages of a language that most projects depend on.
#[must_use]
pub const fn names(ecosystem: Ecosystem) -> &'static [&'static str] {
    match ecosystem {
        Ecosystem::Npm => NPM,
        Ecosystem::Python => PYTHON,
        Ecosystem::Go => GO,
        Ecosystem::Java => JAVA,
        Ecosystem::Gem => GEM,
        Ecosystem::Rust => RUST,
        _ => &[],
    }
}

#[rustfmt::skip]
const DEB: &[KnownSource] = &[
    ("openssl", &["openssl", "libssl3", "libssl-dev"]), ("glibc", &["libc6", "libc-bin", "libc6-dev"]), ("zlib", &["zlib1g"]),
    ("bash", &["bash"]), ("coreutils", &["coreutils"]), ("dpkg", &["dpkg"]), ("apt", &["apt", "libapt-pkg6.0"]),
    ("tzdata", &["tzdata"]), ("perl", &["perl-base", "perl", "libperl5.36"]), ("systemd", &["libsystemd0", "libudev1"]),
    ("curl", &["curl", "libcurl4", "libcurl3-gnutls"]), ("ca-certificates", &["ca-certificates"]),
    ("gnutls28", &["libgnutls30"]), ("libxml2", &["libxml2"]), ("pcre2", &["libpcre2-8-0"]), ("shadow", &["login", "passwd"]),
    ("util-linux", &["util-linux", "libblkid1", "libmount1", "libuuid1"]), ("lvm2", &["dmsetup", "libdevmapper1.02.1"]),
    ("krb5", &["libkrb5-3", "libgssapi-krb5-2", "libk5crypto3"]), ("sqlite3", &["libsqlite3-0"]), ("expat", &["libexpat1"]),
    ("xz-utils", &["liblzma5", "xz-utils"]), ("bzip2", &["libbz2-1.0"]), ("ncurses", &["libtinfo6", "ncurses-base"]),
    ("python3.11", &["python3.11", "python3.11-minimal", "libpython3.11-stdlib"]), ("git", &["git", "git-man"]),
    ("libio-socket-ssl-perl", &["libio-socket-ssl-perl"]), ("net-ssleay", &["libnet-ssleay-perl"]),
    ("m2crypto", &["libmssl-utils"]), ("openssh", &["openssh-client"]), ("imagemagick", &["imagemagick", "libmagickcore-6"]),
];

#[rustfmt::skip]
const RPM: &[KnownSource] = &[
    ("openssl", &["openssl", "openssl-libs", "openssl-devel"]), ("glibc", &["glibc", "glibc-common", "glibc-minimal-langpack"]),
    ("zlib", &["zlib"]), ("bash", &["bash"]), ("coreutils", &["coreutils-single"]), ("rpm", &["rpm", "rpm-libs"]),
    ("systemd", &["systemd-libs"]), ("curl", &["curl-minimal", "libcurl-minimal"]), ("ca-certificates", &["ca-certificates"]),
    ("gnutls", &["gnutls"]), ("libxml2", &["libxml2"]), ("pcre2", &["pcre2"]), ("util-linux", &["libblkid", "libmount", "libuuid"]),
    ("krb5", &["krb5-libs"]), ("sqlite", &["sqlite-libs"]), ("expat", &["expat"]), ("xz", &["xz-libs"]), ("bzip2", &["bzip2-libs"]),
    ("ncurses", &["ncurses-libs", "ncurses-base"]), ("python3.9", &["python3", "python3-libs"]), ("tzdata", &["tzdata"]),
    ("nodejs", &["nodejs", "npm", "nodejs-libs"]), ("git", &["git-core"]), ("libssh", &["libssh", "libssh-config"]),
];

#[rustfmt::skip]
const APK: &[KnownSource] = &[
    ("openssl", &["libssl3", "libcrypto3", "openssl"]), ("musl", &["musl", "musl-utils"]), ("zlib", &["zlib"]),
    ("busybox", &["busybox", "busybox-binsh", "ssl_client"]), ("alpine-baselayout", &["alpine-baselayout"]),
    ("apk-tools", &["apk-tools"]), ("ca-certificates", &["ca-certificates-bundle", "ca-certificates"]),
    ("alpine-keys", &["alpine-keys"]), ("pax-utils", &["scanelf"]), ("curl", &["libcurl", "curl"]), ("expat", &["libexpat"]),
    ("sqlite", &["sqlite-libs"]), ("libxml2", &["libxml2"]), ("pcre2", &["pcre2"]), ("xz", &["xz-libs"]), ("git", &["git"]),
];

#[rustfmt::skip]
const NPM: &[&str] = &[
    "semver", "debug", "ms", "chalk", "express", "react", "react-dom", "axios", "minimist", "glob", "yargs", "uuid",
    "qs", "body-parser", "cookie", "send", "ws", "follow-redirects", "json5", "loader-utils", "minimatch", "node-fetch", "tar",
    "moment", "async", "commander", "rxjs", "tslib", "typescript", "webpack", "@babel/core", "@babel/runtime", "@types/node",
    "@types/react", "braces", "micromatch", "ip", "jsonwebtoken", "lru-cache", "mime-types", "path-to-regexp", "undici", "npm", "lodash",
];

#[rustfmt::skip]
const PYTHON: &[&str] = &[
    "requests", "urllib3", "certifi", "idna", "charset-normalizer", "setuptools", "pip", "wheel", "six", "numpy", "pyyaml",
    "jinja2", "markupsafe", "cryptography", "cffi", "pycparser", "django", "flask", "werkzeug", "click", "attrs", "pandas",
    "python-dateutil", "pytz", "packaging", "typing-extensions", "aiohttp", "sqlalchemy", "boto3", "botocore", "pillow", "lxml",
];

#[rustfmt::skip]
const GO: &[&str] = &[
    "stdlib", "golang.org/x/sys", "golang.org/x/net", "golang.org/x/crypto", "golang.org/x/text", "golang.org/x/sync",
    "google.golang.org/protobuf", "google.golang.org/grpc", "github.com/prometheus/client_golang", "gopkg.in/yaml.v3",
    "github.com/sirupsen/logrus", "github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/google/uuid",
    "github.com/golang-jwt/jwt/v4", "github.com/stretchr/testify", "k8s.io/client-go", "k8s.io/apimachinery",
];

#[rustfmt::skip]
const JAVA: &[&str] = &[
    "slf4j-api", "log4j-core", "log4j-api", "jackson-databind", "jackson-core", "jackson-annotations", "spring-core",
    "spring-beans", "spring-web", "spring-boot", "commons-io", "commons-lang3", "commons-text", "commons-codec", "guava",
    "snakeyaml", "netty-handler", "netty-common", "logback-classic", "logback-core", "hibernate-core", "tomcat-embed-core",
    "bcprov-jdk18on", "h2", "postgresql", "xstream", "jakarta.annotation-api", "byte-buddy", "protobuf-java", "gson",
];

#[rustfmt::skip]
const GEM: &[&str] = &[
    "rack", "rails", "nokogiri", "rake", "json", "activesupport", "actionpack", "puma", "bundler", "rexml", "openssl", "webrick",
    "i18n", "concurrent-ruby", "minitest", "tzinfo", "loofah", "thor",
];

#[rustfmt::skip]
const RUST: &[&str] = &[
    "libc", "serde", "tokio", "hyper", "h2", "rustls", "openssl-sys", "regex", "time", "chrono", "rand", "bytes", "mio", "syn",
    "quote", "smallvec", "log", "anyhow",
];
