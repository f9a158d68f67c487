//! Numbers in sentences: `1,204 hosts`, `1 host`.

/// A number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How many there are of something whose plural ends in `s`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", grouped(number))
}

/// A part of a whole in percent, never more than it is: `70%`.
pub(crate) fn share(part: u64, whole: u64) -> String {
    match (part * 100).checked_div(whole) {
        Some(percent) => format!("{percent}%"),
        None => String::new(),
    }
}

/// The one word for one, the other for any other number.
pub(crate) const fn either<'a>(number: u64, one: &'a str, more: &'a str) -> &'a str {
    if number == 1 { one } else { more }
}

/// A size in bytes, as podman shows it: in powers of a thousand, with three digits.
pub(crate) fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if size < 1000 {
        return format!("{size} B");
    }
    let mut thousandths = size;
    let mut unit = UNITS[0];
    for next in &UNITS[1..] {
        if thousandths < 1_000_000 {
            break;
        }
        thousandths /= 1000;
        unit = next;
    }
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    match whole {
        0..=9 => format!("{whole}.{:02} {unit}", rest / 10),
        10..=99 => format!("{whole}.{} {unit}", rest / 100),
        _ => format!("{} {unit}", grouped(whole)),
    }
}

#[cfg(test)]
mod tests {
    use super::{bytes, counted, grouped};

    #[test]
    fn sizes_have_three_digits_and_a_unit() {
        for (size, text) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.00 kB"),
            (12_345, "12.3 kB"),
            (999_999, "999 kB"),
            (123_456_789, "123 MB"),
            (4_500_000_000, "4.50 GB"),
            (u64::MAX, "18,446 PB"),
        ] {
            assert_eq!(bytes(size), text);
        }
    }

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1204, "1,204"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn one_is_singular_and_none_is_not() {
        assert_eq!(counted(1, "host"), "1 host");
        assert_eq!(counted(0, "host"), "0 hosts");
    }
}
