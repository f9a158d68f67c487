//! The releases of distributions that bases are made of.

use super::ecosystem::Ecosystem;

/// A release of a distribution.
pub struct Suite {
    /// Its distribution, as os-release says it.
    pub distro: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its codename; empty where it has none.
    pub codename: &'static str,
    /// How its packages are packed.
    pub ecosystem: Ecosystem,
    /// What it puts into the versions of its packages.
    pub mark: &'static str,
    /// Its OpenSSL, as it began.
    pub openssl: &'static str,
    /// How many packages its smallest base has.
    pub smallest: u32,
    /// How often it is chosen, beside the others.
    pub weight: u32,
}

macro_rules! suites {
    ($($distro:literal $version:literal $codename:literal $ecosystem:ident $mark:literal $openssl:literal $smallest:literal $weight:literal;)*) => {
        &[$(Suite {
            distro: $distro, version: $version, codename: $codename, ecosystem: Ecosystem::$ecosystem,
            mark: $mark, openssl: $openssl, smallest: $smallest, weight: $weight,
        }),*]
    };
}

/// All of them. The number of a suite goes into the versions that its packages have.
pub const SUITES: &[Suite] = suites! {
    "debian" "11" "bullseye" Deb "deb11u" "1.1.1w" 110 10;
    "debian" "12" "bookworm" Deb "deb12u" "3.0.11" 110 26;
    "debian" "13" "trixie" Deb "deb13u" "3.5.1" 105 8;
    "ubuntu" "20.04" "focal" Deb "0ubuntu1." "1.1.1f" 130 6;
    "ubuntu" "22.04" "jammy" Deb "0ubuntu1." "3.0.2" 130 12;
    "ubuntu" "24.04" "noble" Deb "0ubuntu3." "3.0.13" 125 6;
    "alpine" "3.18" "" Apk "r" "3.1.4" 18 6;
    "alpine" "3.19" "" Apk "r" "3.1.7" 18 6;
    "alpine" "3.20" "" Apk "r" "3.3.2" 18 8;
    "alpine" "3.21" "" Apk "r" "3.3.3" 18 8;
    "rhel" "8" "" Rpm "el8_" "1.1.1k" 160 5;
    "rhel" "9" "" Rpm "el9_" "3.0.7" 150 9;
    "fedora" "41" "" Rpm "fc41." "3.2.2" 140 2;
    "amzn" "2023" "" Rpm "amzn2023.0." "3.0.8" 120 5;
    "sles" "15.6" "" Rpm "150600.3." "3.1.4" 140 2;
};

/// How often the packages of a suite may have been mended since it came out.
pub const SNAPSHOTS: u32 = 4;
