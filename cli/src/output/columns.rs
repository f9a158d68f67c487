//! The columns that each command's list has, by name.

use proto_types::{
    AdvisorySummary, AffectedResult, Artifact, Change, CoverImage, Feed, FeedGap, FeedImported,
    FindResult, GroupBy, Host, ImageSummary, RunningContainer, TokenSummary,
};

use super::{
    diff::DiffRow,
    row::{Column, Listed},
    rows::{Package, groups, settings::SettingRow},
};

/// The columns of what a line lists, of which these words are typed, the program's name first.
pub(crate) fn of_command(words: &[String], group_by: Option<&str>) -> Vec<String> {
    let is_cover = words.iter().any(|word| word == "--cover");
    let group_by = GroupBy::ALL.iter().find(|by| Some(by.as_str()) == group_by);
    let mut plain = words.iter().skip(1).filter(|word| !word.starts_with('-'));
    let (first, second) = (plain.next(), plain.next());
    let word = |word: Option<&String>| word.cloned().unwrap_or_default();
    let columns: &[Column] = match (word(first).as_str(), word(second).as_str()) {
        ("find", _) if is_cover => CoverImage::COLUMNS,
        ("find", _) => group_by.map_or(FindResult::COLUMNS, |by| groups::columns(*by)),
        ("affected", _) => AffectedResult::COLUMNS,
        ("advisories", "list") => AdvisorySummary::COLUMNS,
        ("advisories", "show") => Package::COLUMNS,
        ("advisories", "status") => Feed::COLUMNS,
        ("advisories", "gaps") => FeedGap::COLUMNS,
        ("advisories", "import") => FeedImported::COLUMNS,
        ("diff", _) => DiffRow::COLUMNS,
        ("changes", _) => Change::COLUMNS,
        ("containers", _) => RunningContainer::COLUMNS,
        ("images", _) => ImageSummary::COLUMNS,
        ("image", _) => Artifact::COLUMNS,
        ("hosts", _) => Host::COLUMNS,
        ("token", "list") => TokenSummary::COLUMNS,
        ("config", _) => SettingRow::COLUMNS,
        _ => &[],
    };
    let names = columns.iter().map(|column| column.heading.as_str());
    names.map(str::to_owned).collect()
}
