//! Large bodies travel packed, so that they pass a proxy with usual bounds.

use std::io::Read;

use flate2::read::GzDecoder;
use proto_types::{Artifact, ImageDigest, ScanReport, ScanStatus, ScannedImage};

use super::fake::{Fake, Request};

/// What proxies take where nobody sets anything (nginx: `client_max_body_size 1m`).
const USUAL_BOUND: usize = 1 << 20;

/// An SBOM of so many packages, whose names have as little in common as real ones.
fn sbom(packages: u64) -> ScanReport {
    let words = [
        "parse", "string", "util", "stream", "react", "core", "babel", "lodash", "types",
    ];
    let artifact = |number: u64| {
        let random = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let word = |shift: u32| {
            let at = usize::try_from((random >> shift) % 9).unwrap();
            words[at]
        };
        let name = format!("@{}/{}-{:x}-{}", word(7), word(17), random >> 40, word(29));
        let version = format!(
            "{}.{}.{}",
            random >> 61,
            (random >> 50) % 40,
            (random >> 30) % 90
        );
        Artifact {
            artifact_type: "npm".to_owned(),
            purl: Some(format!("pkg:npm/%40{}@{version}", &name[1..])),
            licenses: vec!["MIT".to_owned()],
            name,
            version,
            ..Artifact::default()
        }
    };
    ScanReport {
        image: ScannedImage {
            digest: ImageDigest::from_bytes([7; 32]),
            distro: String::new(),
            distro_version: String::new(),
            facts: proto_types::ImageFacts::default(),
            artifacts: (0..packages).map(artifact).collect(),
        },
        lease: None,
        generation: None,
        scanner: None,
        status: ScanStatus::Complete,
        reason: None,
        cause: None,
        detail: 0,
    }
}

async fn sent(report: &ScanReport) -> Request {
    let server = Fake::saying("200 OK", "", br#"{"outcome":"stored"}"#);
    server.client().send(report).await.unwrap();
    server.seen().remove(0)
}

#[tokio::test]
async fn an_sbom_of_12000_packages_passes_where_bodies_are_bounded_as_usual() {
    let report = sbom(12_000);
    let plain = serde_json::to_vec(&report).unwrap();
    assert!(plain.len() > USUAL_BOUND, "{} bytes", plain.len());
    let request = sent(&report).await;
    println!(
        "{} bytes of JSON travel as {}",
        plain.len(),
        request.body.len()
    );
    assert!(
        request.body.len() < USUAL_BOUND,
        "{} bytes",
        request.body.len()
    );
    assert!(request.head.contains("content-encoding: gzip\r\n"));
    assert!(request.head.contains("content-type: application/json\r\n"));
    let mut unpacked = Vec::new();
    GzDecoder::new(request.body.as_slice())
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, plain);
}

#[tokio::test]
async fn a_small_body_travels_as_it_is() {
    let report = sbom(3);
    let request = sent(&report).await;
    assert!(
        !request.head.contains("content-encoding"),
        "{}",
        request.head
    );
    assert_eq!(request.body, serde_json::to_vec(&report).unwrap());
}
