//! How much room a text takes: programs do not make rows of merged cells as high as their texts, and pages are divided
//! before any program sees them.

use unicode_width::UnicodeWidthChar;

/// Pixels of a column that its text does not get.
const PADDING: u16 = 8;

/// Pixels to an inch, and points to an inch.
const PIXELS: u32 = 96;
const POINTS: u32 = 72;

/// Points of a line of text of a size, and between text and border.
const LEADING: f64 = 1.35;
const BORDER: f64 = 4.0;

/// The highest row there is, in points.
const HIGHEST: f64 = 409.0;

/// Lines that a text takes in a column of so many pixels, in a type of so many points.
pub(crate) fn lines(text: &str, pixels: u16, points: u8) -> u32 {
    // A full-width sign is as wide as the type is high, a half-width one half of that.
    let halves = u32::from(pixels.saturating_sub(PADDING)) * POINTS * 2 / (u32::from(points.max(1)) * PIXELS);
    text.split('\n').fold(0_u32, |sum, line| sum.saturating_add(wrapped(line, halves.max(2))))
}

fn wrapped(line: &str, halves: u32) -> u32 {
    let (mut count, mut taken) = (1_u32, 0_u32);
    for sign in line.chars() {
        let width = sign.width_cjk().map_or(0, |width| u32::try_from(width).unwrap_or(2));
        taken = taken.saturating_add(width);
        if taken > halves {
            count = count.saturating_add(1);
            taken = width;
        }
    }
    count
}

/// Points that so many lines take.
pub(crate) fn height(lines: u32, points: u8) -> f64 {
    (f64::from(lines) * f64::from(points) * LEADING + BORDER).min(HIGHEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_signs_take_twice_the_room() {
        // 10 points are 13⅓ pixels: 15 of them fit.
        assert_eq!(lines(&"长".repeat(15), 208, 10), 1);
        assert_eq!(lines(&"长".repeat(16), 208, 10), 2);
        assert_eq!(lines(&"a".repeat(30), 208, 10), 1);
        assert_eq!(lines("一\n二\n", 208, 10), 3);
        assert_eq!(lines("", 0, 0), 1);
    }

    #[test]
    fn no_row_is_higher_than_programs_allow() {
        assert!(height(2, 10) > 30.0 && height(2, 10) < 32.0);
        assert!(height(u32::MAX, 10) <= HIGHEST);
    }
}
