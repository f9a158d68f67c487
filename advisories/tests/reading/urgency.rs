//! KEV and EPSS.

use std::io::{Read, Write};

use advisories::{
    Document,
    begun::{Begun, Likeness},
    epss, kev,
};
use flate2::{Compression, write::GzEncoder};

#[test]
fn a_catalog_of_exploited_vulnerabilities_is_read() {
    let catalog = r#"{"title": "x", "count": 3, "vulnerabilities": [
        {"cveID": "CVE-2021-44228", "vendorProject": "Apache", "dateAdded": "2021-12-10",
         "dueDate": "2021-12-24", "knownRansomwareCampaignUse": "Known"},
        {"cveID": "CVE-2024-3094", "dateAdded": "soon", "knownRansomwareCampaignUse": "Unknown"},
        {"vendorProject": "nobody"}
    ]}"#;
    let mut skipped = Vec::new();
    let rows = kev::read(catalog.as_bytes(), "kev", |one| {
        skipped.push(one.to_string());
    })
    .unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[0].cve.as_str(), rows[0].ransomware),
        ("CVE-2021-44228", true)
    );
    assert_eq!(
        rows[0].due.map(|date| date.to_string()).as_deref(),
        Some("2021-12-24")
    );
    assert_eq!((rows[1].added, rows[1].ransomware), (None, false));
    assert_eq!(skipped, ["kev, vulnerability 3: record has no id"]);
    assert!(kev::read(&b"{}"[..], "kev", |_| {}).is_err());
    assert!(kev::read(&catalog.as_bytes()[..90], "kev", |_| {}).is_err());
}

/// The rows of a table, and what was skipped.
fn likely(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    let read = epss::read(
        bytes,
        "epss",
        |row| {
            rows.push(format!("{} {} {}", row.cve, row.score, row.percentile));
            Ok(())
        },
        |one| skipped.push(one.to_string()),
    );
    skipped.extend(read.err().map(|error| error.to_string()));
    (rows, skipped)
}

#[test]
fn a_table_of_likelihoods_is_read_packed_or_not() {
    let table = "#model_version:v2025.03.14,score_date:2026-11-29T00:00:00+0000\n\
                 cve,epss,percentile\nCVE-2021-44228,0.94358,0.99957\nCVE-1,2,0.5\nCVE-2,x,0.5\n,0.1,0.1\n\
                 CVE-2024-3094,0.1,0.5\n";
    let expected = ["CVE-2021-44228 0.94358 0.99957", "CVE-2024-3094 0.1 0.5"];
    let (rows, skipped) = likely(table.as_bytes());
    assert_eq!(rows, expected);
    assert_eq!(skipped[0], "epss, row 2: field is malformed");
    assert_eq!(skipped.len(), 3);
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(table.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(likely(&packed).0, expected);
    assert!(!likely(&packed[..packed.len() - 9]).1.is_empty());
}

#[test]
fn a_table_of_something_else_is_refused() {
    let refused = ["epss has no columns cve, epss and percentile"];
    assert_eq!(likely(b"a,b\n1,2\n").1, refused);
    assert_eq!(likely(b"").1, refused);
    assert_eq!(likely(b"cve,epss,percentile\n\xff,1,1\n").1.len(), 1);
}

#[test]
fn a_table_says_of_which_day_its_scores_are() {
    let day = |text: &str| epss::day(text.as_bytes()).map(|day| day.to_string());
    let whole =
        "#model_version:v2025.03.14,score_date:2026-11-29T00:00:00+0000\ncve,epss,percentile\n";
    assert_eq!(day(whole).as_deref(), Some("2026-11-29"));
    for other in [
        "",
        "#score_date:",
        "#score_date:20\u{e4}26-11-29",
        "cve,epss\n#score_date:2026-11-29",
    ] {
        assert_eq!(day(other), None, "{other}");
    }
}

#[test]
fn what_an_input_is_is_told_by_its_content() {
    let likeness = |bytes: &[u8]| Begun::new(bytes).unwrap().likeness();
    let table = b"#model_version:v1,score_date:2026-11-29T00:00:00+0000\ncve,epss,percentile\n";
    assert_eq!(likeness(table), Some(Likeness::Epss));
    assert_eq!(likeness(b"cve,epss,percentile\n"), Some(Likeness::Epss));
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(table).unwrap();
    for number in 0..90_000 {
        let row = format!(
            "CVE-2024-{number},0.{number:05},0.{}\n",
            number * 7 % 99_991
        );
        packed.write_all(row.as_bytes()).unwrap();
    }
    let packed = packed.finish().unwrap();
    assert_eq!(likeness(&packed), Some(Likeness::Epss));
    let mut again = Vec::new();
    Begun::new(&packed[..])
        .unwrap()
        .read_to_end(&mut again)
        .unwrap();
    assert!(again == packed, "all of it is read");
    let catalog = br#"{"title": "x", "catalogVersion": "2026.11.29", "vulnerabilities": []}"#;
    assert_eq!(likeness(catalog), Some(Likeness::Kev));
    for other in [&b""[..], b"{\"id\":\"CVE-1\"}", b"\x1f\x8b", b"[]", b"PK"] {
        assert_eq!(likeness(other), None, "{other:?}");
    }
    assert_eq!(Document::of(catalog), Some(Document::Kev));
    let vex = br#"{"@context": "https://openvex.dev/ns/v0.2.0", "statements": []}"#;
    assert_eq!(Document::of(vex), Some(Document::Vex));
    assert_eq!(Document::of(br#"{"vulnerabilities": []}"#), None);
    assert_eq!(Document::of(br#"{"statements": []}"#), None);
}
