//! Fits columns into a width: cuts middles, then lets columns leave, but never touches what
//! identifies a row.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::{heading::Heading, row::Fit};

/// What a cut column is never made narrower than.
const NARROWEST: usize = 12;
/// What stands between two columns.
pub(crate) const GAP: usize = 2;

/// How many columns of a terminal a text takes.
pub(crate) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// How wide each column may be; none where it has to leave.
pub(crate) fn fit(natural: &[usize], fits: &[Fit], room: usize) -> Vec<Option<usize>> {
    let mut widths: Vec<Option<usize>> = natural.iter().copied().map(Some).collect();
    loop {
        let over = total(&widths).saturating_sub(room);
        if shrink(&mut widths, fits, Fit::Cut, over) == 0 {
            return widths;
        }
        // Still too wide with everything cut: the last that may leave makes room for the others.
        let Some(last) = last_to_leave(&widths, fits) else {
            shrink(&mut widths, fits, Fit::CutLast, over);
            return widths;
        };
        for (at, width) in widths.iter_mut().enumerate() {
            *width = width.map(|_| natural[at]);
        }
        widths[last] = None;
    }
}

fn total(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
}

/// Takes `over` from the columns of one kind, the widest first; answers what is left over.
fn shrink(widths: &mut [Option<usize>], fits: &[Fit], which: Fit, mut over: usize) -> usize {
    while over > 0 {
        let widest = widths
            .iter_mut()
            .zip(fits)
            .filter(|(_, fit)| **fit == which)
            .filter_map(|(width, _)| width.as_mut())
            .filter(|width| **width > NARROWEST)
            .max();
        let Some(widest) = widest else { break };
        *widest -= 1;
        over -= 1;
    }
    over
}

fn last_to_leave(widths: &[Option<usize>], fits: &[Fit]) -> Option<usize> {
    widths
        .iter()
        .zip(fits)
        .rposition(|(width, fit)| width.is_some() && matches!(fit, Fit::Cut | Fit::Leave))
}

/// The text with its middle replaced by `…` where it is too wide, cut between graphemes.
pub(crate) fn cut_middle(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let room = room.saturating_sub(1);
    let head = take(text.graphemes(true), room.div_ceil(2));
    let tail = take(text.graphemes(true).rev(), room / 2);
    let tail: Vec<&str> = tail.into_iter().rev().collect();
    format!("{}…{}", head.concat(), tail.concat())
}

/// A cell's text where it is too wide for its room: images' names keep their telling end.
pub(crate) fn cut_cell(text: &str, heading: Heading, room: usize) -> String {
    match heading {
        Heading::ImageName => cut_image(text, room),
        Heading::Names => cut_images(text, room),
        _ => cut_middle(text, room),
    }
}

/// An image's name that is too wide: its digest goes first, then its registry and folders, and only
/// then the middle of what is left: `…/nginx:1.27.5`.
pub(crate) fn cut_image(name: &str, room: usize) -> String {
    if width(name) <= room {
        return name.to_owned();
    }
    let (tagged, has_digest) = match name.split_once('@') {
        Some((tagged, _)) if !tagged.is_empty() => (tagged, true),
        _ => (name, false),
    };
    let behind = if has_digest { "@…" } else { "" };
    let shorter = tagged.match_indices('/').map(|(at, _)| &tagged[at..]);
    let shorter = shorter.flat_map(|end| [format!("…{end}{behind}"), format!("…{end}")]);
    [format!("{tagged}{behind}")]
        .into_iter()
        .chain(shorter)
        .find(|one| width(one) <= room)
        .unwrap_or_else(|| cut_middle(tagged.rsplit('/').next().unwrap_or(tagged), room))
}

/// Several names of an image that are too wide: the first, and how many more there are.
fn cut_images(names: &str, room: usize) -> String {
    if width(names) <= room {
        return names.to_owned();
    }
    let mut all = names.split(' ');
    let first = all.next().unwrap_or_default();
    match all.count() {
        0 => cut_image(first, room),
        more => {
            let more = format!(" +{more}");
            let first = cut_image(first, room.saturating_sub(more.len()));
            cut_middle(&format!("{first}{more}"), room)
        }
    }
}

fn take<'a>(graphemes: impl Iterator<Item = &'a str>, room: usize) -> Vec<&'a str> {
    let mut used = 0;
    graphemes
        .take_while(|grapheme| {
            used += width(grapheme);
            used <= room
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Fit, Heading, cut_cell, cut_image, cut_middle, fit, width};

    #[test]
    fn the_middle_is_cut_between_graphemes() {
        assert_eq!(cut_middle("docker.io/library/nginx", 11), "docke…nginx");
        assert_eq!(cut_middle("short", 5), "short");
        // Each of these is two columns wide: one that would fit by half leaves altogether.
        assert_eq!(cut_middle("日本語日本語", 6), "日…語");
        let accents = "e\u{301}".repeat(8);
        assert_eq!(cut_middle(&accents, 5), "e\u{301}e\u{301}…e\u{301}e\u{301}");
        for room in 0..14 {
            assert!(width(&cut_middle("日本語日本語", room)) <= room.max(1));
        }
    }

    #[test]
    fn an_images_name_loses_its_digest_and_its_registry_before_its_telling_end() {
        let name = "docker.io/library/nginx:1.27.5@sha256:0123456789abcdef";
        for (room, cut) in [
            (60, name),
            (40, "docker.io/library/nginx:1.27.5@…"),
            (30, "…/library/nginx:1.27.5@…"),
            (22, "…/library/nginx:1.27.5"),
            (18, "…/nginx:1.27.5@…"),
            (14, "…/nginx:1.27.5"),
            (12, "nginx:1.27.5"),
            (9, "ngin…27.5"),
        ] {
            assert_eq!(cut_image(name, room), cut);
        }
        for room in 0..70 {
            assert!(width(&cut_image(name, room)) <= room.max(1), "{room}");
        }
        assert_eq!(cut_image("no-folder-at-all:1", 9), "no-f…ll:1");
        assert_eq!(cut_image("@strange", 5), "@s…ge");
    }

    #[test]
    fn of_several_names_the_first_is_shown_and_the_others_are_counted() {
        let names = "docker.io/library/nginx:1.27.5 docker.io/library/nginx:1.27";
        assert_eq!(cut_cell(names, Heading::Names, 20), "…/nginx:1.27.5 +1");
        assert_eq!(cut_cell(names, Heading::Names, 60), names);
        assert_eq!(cut_cell("a-long-host-name", Heading::Host, 9), "a-lo…name");
    }

    #[test]
    fn what_fits_stays_as_wide_as_it_is() {
        let fits = [Fit::Keep, Fit::Cut];
        assert_eq!(fit(&[5, 20], &fits, 27), [Some(5), Some(20)]);
    }

    #[test]
    fn the_widest_cut_column_gives_first() {
        let fits = [Fit::Keep, Fit::Cut, Fit::Cut];
        assert_eq!(
            fit(&[10, 40, 20], &fits, 54),
            [Some(10), Some(20), Some(20)]
        );
        assert_eq!(
            fit(&[10, 40, 20], &fits, 50),
            [Some(10), Some(18), Some(18)]
        );
    }

    #[test]
    fn when_cutting_is_not_enough_the_last_column_leaves_and_the_rest_gets_its_room() {
        let fits = [Fit::Keep, Fit::Cut, Fit::Leave];
        assert_eq!(fit(&[20, 30, 10], &fits, 40), [Some(20), Some(18), None]);
    }

    #[test]
    fn some_are_cut_only_when_nothing_else_makes_room() {
        let fits = [Fit::Keep, Fit::CutLast, Fit::Leave];
        assert_eq!(fit(&[20, 30, 10], &fits, 54), [Some(20), Some(30), None]);
        assert_eq!(fit(&[20, 30, 10], &fits, 40), [Some(20), Some(18), None]);
    }

    #[test]
    fn what_identifies_a_row_is_never_cut() {
        let fits = [Fit::Keep, Fit::Keep, Fit::Cut];
        assert_eq!(fit(&[30, 30, 30], &fits, 20), [Some(30), Some(30), None]);
    }
}
