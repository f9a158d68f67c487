//! docs/OUTPUT.md names every field and every column, and no other.

use std::collections::BTreeSet;

use proto_types::{
    AdvisorySummary, AffectedGroup, AffectedResult, AffectingAdvisory, Artifact, Change,
    CoverImage, Feed, FeedGap, FeedImported, FindResult, GroupBy, Host, HostExposure, ImageSummary,
    RunningContainer, Summary, TokenSummary,
};
use serde_json::Value;

use super::{Package, affected::Counted, exposure::Clean, groups, settings::SettingRow};
use crate::output::{
    diff::DiffRow,
    row::{Column, Listed},
};

const PAGE: &str = include_str!("../../../../docs/OUTPUT.md");
const SCHEMAS: &str = include_str!("../../../../docs/openapi.json");

/// The columns that the page names for a command, in their order.
fn documented(command: &str) -> Vec<&'static str> {
    let heading = format!("\n## `{command}`\n");
    let (_, rest) = PAGE
        .split_once(&heading)
        .unwrap_or_else(|| panic!("{command}"));
    let section = rest.split("\n## ").next().unwrap();
    let line = section
        .lines()
        .find_map(|line| line.strip_prefix("Columns: "));
    let line = line.unwrap_or_else(|| panic!("no columns of {command}"));
    line.split('`').skip(1).step_by(2).collect()
}

fn names(columns: &[Column]) -> Vec<&'static str> {
    columns
        .iter()
        .map(|column| column.heading.as_str())
        .collect()
}

fn check<R: Listed>(command: &str) {
    assert_eq!(documented(command), names(R::COLUMNS), "{command}");
}

#[test]
fn every_column_is_on_the_page_in_its_place() {
    check::<FindResult>("find");
    check::<CoverImage>("find --cover");
    check::<Summary>("find --count");
    check::<RunningContainer>("containers");
    check::<ImageSummary>("images");
    check::<Artifact>("image");
    check::<Host>("hosts");
    check::<Change>("changes");
    check::<DiffRow>("diff");
    check::<TokenSummary>("token list");
    check::<AffectedResult>("affected");
    check::<Counted>("affected --count");
    check::<AffectedGroup>("affected --group-by advisory");
    check::<HostExposure>("affected --exposure");
    check::<Clean>("affected --exposure --count");
    check::<AdvisorySummary>("advisories list");
    check::<AffectingAdvisory>("advisories affecting");
    check::<Package>("advisories show");
    check::<Feed>("advisories status");
    check::<FeedImported>("advisories import");
    check::<FeedGap>("advisories gaps");
    check::<SettingRow>("config");
    let counted = documented("find --group-by WHAT");
    for by in GroupBy::ALL {
        let columns = names(groups::columns(*by));
        assert!(columns.ends_with(&counted[1..]), "{by}: {columns:?}");
    }
}

/// The fields of an object of the wire by its schema.
fn fields(schemas: &Value, name: &str) -> BTreeSet<String> {
    let schema = &schemas["components"]["schemas"][name];
    let parts = schema["allOf"]
        .as_array()
        .map_or(vec![schema], |all| all.iter().collect());
    let properties = parts
        .into_iter()
        .filter_map(|part| part["properties"].as_object());
    properties
        .flat_map(|fields| fields.keys().cloned())
        .collect()
}

#[test]
fn every_field_of_every_object_is_on_the_page() {
    let schemas: Value = serde_json::from_str(SCHEMAS).unwrap();
    let mut known = BTreeSet::new();
    for block in PAGE.split("\nFields of `").skip(1) {
        let name = block.split('`').next().unwrap();
        known.insert(name);
        let rows = block.lines().skip_while(|line| !line.starts_with("| `"));
        let rows = rows.take_while(|line| line.starts_with("| `"));
        let said: BTreeSet<String> = rows
            .map(|line| line.split('`').nth(1).unwrap().to_owned())
            .collect();
        assert_eq!(said, fields(&schemas, name), "{name}");
    }
    // What an object holds is described as well.
    let quoted = PAGE.split('`').skip(1).step_by(2);
    let objects = quoted.filter(|word| !fields(&schemas, word).is_empty());
    let missing: Vec<&str> = objects.filter(|word| !known.contains(word)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(known.contains("FindResponse") && known.contains("StatusResponse"));
}
