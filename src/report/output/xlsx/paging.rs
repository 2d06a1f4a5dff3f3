//! Divides rows into pages, so that what belongs together stays together and what is merged over rows is not cut by the
//! edge of a page.

/// Rows that stay together: their heights in points.
pub(super) struct Block {
    pub(super) first: u32,
    pub(super) points: f64,
}

/// Fills pages.
pub(super) struct Pages {
    /// Points that rows get on each page, and what is left of this one.
    whole: f64,
    left: f64,
    /// Rows that begin a page.
    pub(super) breaks: Vec<u32>,
}

impl Pages {
    /// Pages of so many points, of which the first has `used` already.
    pub(super) fn new(whole: f64, used: f64) -> Self {
        Self { whole, left: (whole - used).max(0.0), breaks: Vec::new() }
    }

    /// Takes the next rows; whether they begin a page. Rows that are more than a page go over the edge of it.
    pub(super) fn take(&mut self, block: &Block) -> bool {
        let begins = block.points > self.left;
        if begins {
            self.breaks.push(block.first);
            self.left = self.whole;
        }
        self.left -= block.points;
        while self.left < 0.0 {
            self.left += self.whole;
        }
        begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_do_not_fit_begin_a_page() {
        let mut pages = Pages::new(100.0, 30.0);
        let block = |first, points| Block { first, points };
        let begun: Vec<_> = [(1, 60.0), (2, 20.0), (3, 80.0), (4, 250.0), (5, 40.0), (6, 60.0)]
            .map(|(first, points)| pages.take(&block(first, points)))
            .to_vec();
        assert_eq!(begun, [false, true, false, true, false, true]);
        assert_eq!(pages.breaks, [2, 4, 6]);
    }
}
