//! Which row of its source each row of a table was: rows mostly follow each other, so only where they do not is kept.

/// 1-based rows in the source, in the order of the table's rows.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// First row of the table and its row in the source; the rows after it follow in both.
    runs: Vec<(u32, u32)>,
    count: usize,
}

impl Origins {
    /// Appends a row.
    pub fn push(&mut self, source: u32) {
        let row = u32::try_from(self.count).unwrap_or(u32::MAX);
        let follows = self.runs.last().and_then(|(first, begun)| begun.checked_add(row.checked_sub(*first)?));
        if follows != Some(source) {
            self.runs.push((row, source));
        }
        self.count = self.count.saturating_add(1);
    }

    /// The row in the source.
    pub fn get(&self, row: usize) -> Option<u32> {
        let row = u32::try_from(row).ok().filter(|_| row < self.count)?;
        let after = self.runs.partition_point(|(first, _)| *first <= row);
        let (first, begun) = self.runs.get(after.checked_sub(1)?)?;
        begun.checked_add(row.checked_sub(*first)?)
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.count).filter_map(|row| self.get(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_again() {
        let rows = [2, 3, 4, 7, 8, 2, 3, 9, 1, 2];
        let mut origins = Origins::default();
        rows.iter().for_each(|row| origins.push(*row));
        assert_eq!(origins.iter().collect::<Vec<_>>(), rows);
        assert_eq!((origins.len(), origins.runs.len(), origins.get(10)), (10, 5, None));
    }
}
