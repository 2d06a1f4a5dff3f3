//! Rows that may belong to a selection: whether they do hangs on a cell that was not understood.

use std::sync::Arc;

use super::chosen::Chosen;
use super::doubt;
use super::fault::Res;
use super::rows::Rows;
use super::unclear::Cause;

/// A row that may be chosen, and the cell that would tell.
#[derive(Clone, Debug)]
pub(crate) struct Perhaps {
    pub(crate) at: u32,
    pub(crate) cause: Cause,
}

/// Rows that may be chosen, in table order, none of them chosen for sure.
#[derive(Clone, Debug, Default)]
pub(crate) struct Maybe(Option<Arc<[Perhaps]>>);

impl Maybe {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Perhaps> {
        self.0.iter().flat_map(|rows| rows.iter())
    }

    /// Their rows.
    pub(crate) fn rows(&self) -> Chosen {
        self.iter().map(|one| one.at).collect()
    }

    pub(crate) fn causes(&self) -> impl Iterator<Item = &Cause> {
        self.iter().map(|one| &one.cause)
    }

    /// The cell that would tell of this row.
    pub(crate) fn cause(&self, row: u32) -> Option<&Cause> {
        let rows = self.0.as_deref()?;
        let at = rows.binary_search_by_key(&row, |one| one.at).ok()?;
        rows.get(at).map(|one| &one.cause)
    }
}

impl FromIterator<Perhaps> for Maybe {
    fn from_iter<I: IntoIterator<Item = Perhaps>>(rows: I) -> Self {
        let mut rows: Vec<Perhaps> = rows.into_iter().collect();
        rows.sort_by_key(|one| one.at);
        rows.dedup_by_key(|one| one.at);
        Self((!rows.is_empty()).then(|| rows.into()))
    }
}

/// What is known of one row.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    Yes,
    No,
    Unclear(Cause),
}

impl Answer {
    pub(crate) fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl Rows {
    /// Takes note that what is made of these rows hangs on those that may belong to them.
    pub(crate) fn note(&self) {
        self.maybe.causes().for_each(doubt::note);
        doubt::cells(&self.doubt).iter().for_each(doubt::note);
    }

    /// Takes note of unclear cells in the columns too.
    pub(crate) fn note_cells(&self, columns: &[usize]) {
        self.note();
        self.unclear_in(columns).iter().for_each(|one| doubt::note(&one.cause));
    }

    /// The chosen rows, then those that may belong with the cell that would tell.
    pub(crate) fn candidates(&self) -> impl Iterator<Item = (u32, Option<&Cause>)> {
        let maybe = self.maybe.iter().map(|one| (one.at, Some(&one.cause)));
        self.chosen.iter().map(|at| (at, None)).chain(maybe)
    }

    /// The chosen rows with an unclear cell in one of the columns.
    pub(crate) fn unclear_in(&self, columns: &[usize]) -> Vec<Perhaps> {
        let of = &self.of;
        let mut found = Vec::new();
        for column in columns {
            let rows = of.unclear_cells(*column).iter().filter(|row| self.chosen.contains(**row));
            found.extend(rows.map(|row| Perhaps {
                at: *row,
                cause: Cause { of: Arc::clone(of), row: *row, column: *column },
            }));
        }
        if columns.len() > 1 {
            found.sort_by_key(|one| one.at);
            found.dedup_by_key(|one| one.at);
        }
        found
    }

    /// The chosen rows without `out`, which is in order.
    pub(crate) fn without(&self, out: &[u32]) -> Chosen {
        if out.is_empty() {
            return self.chosen.clone();
        }
        self.chosen.iter().filter(|at| out.binary_search(at).is_err()).collect()
    }

    /// What `pick` chooses by the cells of these columns, where some are unclear: `judge` says what is known of such a
    /// row all the same. `pick` may look at several rows together: a row that it chooses only with, or only without,
    /// those that may belong may be chosen.
    pub(crate) fn settled(
        &self,
        columns: &[usize],
        pick: impl Fn(&Self) -> Res<Self>,
        judge: impl Fn(&Perhaps) -> Answer,
    ) -> Res<Self> {
        let unclear = self.unclear_in(columns);
        if unclear.is_empty() && self.maybe.is_empty() {
            return pick(self);
        }
        let out: Vec<u32> = unclear.iter().map(|one| one.at).collect();
        let clear = self.with(self.without(&out));
        let least = pick(&clear)?;
        let mut found = Sorted::default();
        if self.maybe.is_empty() {
            found.sure.extend(least.chosen.iter());
            found.perhaps.extend(least.maybe.iter().cloned());
        } else {
            self.with_the_maybe(columns, &clear, &least, &pick, &judge, &mut found)?;
        }
        for one in unclear {
            found.take(&one, judge(&one));
        }
        Ok(found.rows(&least))
    }

    /// The same where each row is held against the others: what is unclear may say what any of them says.
    pub(crate) fn settled_together(&self, columns: &[usize], pick: impl Fn(&Self) -> Self) -> Res<Self> {
        let found = self.settled(columns, |rows| Ok(pick(rows)), open)?;
        let maybe = self.with(self.maybe.rows());
        let unclear = self.unclear_in(columns).into_iter().chain(maybe.unclear_in(columns)).next();
        let Some(Perhaps { cause, .. }) = unclear else { return Ok(found) };
        let all = self.chosen.iter().chain(maybe.chosen.iter());
        let perhaps = all.map(|at| Perhaps { at, cause: cause.clone() });
        let perhaps = found.maybe.iter().cloned().chain(perhaps).collect();
        Ok(Sorted { sure: found.chosen.iter().collect(), perhaps }.rows(&found))
    }

    /// The same where rows of the receiver may or may not belong.
    fn with_the_maybe(
        &self,
        columns: &[usize],
        clear: &Self,
        least: &Self,
        pick: &impl Fn(&Self) -> Res<Self>,
        judge: &impl Fn(&Perhaps) -> Answer,
        found: &mut Sorted,
    ) -> Res<()> {
        let maybe = self.with(self.maybe.rows());
        let unclear = maybe.unclear_in(columns);
        let out: Vec<u32> = unclear.iter().map(|one| one.at).collect();
        let told = maybe.without(&out);
        let most = pick(&self.with(clear.chosen.union(&told)))?;
        let because = |at| Some(Perhaps { at, cause: self.maybe.causes().next()?.clone() });
        for at in least.chosen.iter() {
            if most.chosen.contains(at) { found.sure.push(at) } else { found.perhaps.extend(because(at)) }
        }
        for at in most.chosen.iter().filter(|at| !least.chosen.contains(*at)) {
            let own = self.maybe.cause(at).map(|cause| Perhaps { at, cause: cause.clone() });
            found.perhaps.extend(own.or_else(|| because(at)));
        }
        found.perhaps.extend(least.maybe.iter().chain(most.maybe.iter()).cloned());
        let open = unclear.iter().filter(|one| !matches!(judge(one), Answer::No));
        found.perhaps.extend(open.cloned());
        Ok(())
    }
}

/// Rows that are chosen, and rows that may be.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) sure: Vec<u32>,
    pub(crate) perhaps: Vec<Perhaps>,
}

impl Sorted {
    /// Puts a row where it belongs: among those that may be chosen where a cell leaves open whether it is there at all.
    pub(crate) fn put(&mut self, at: u32, cause: Option<&Cause>) {
        match cause {
            None => self.sure.push(at),
            Some(cause) => self.perhaps.push(Perhaps { at, cause: cause.clone() }),
        }
    }

    /// Puts a row where it belongs.
    pub(crate) fn take(&mut self, one: &Perhaps, answer: Answer) {
        match answer {
            Answer::Yes => self.sure.push(one.at),
            Answer::No => {}
            Answer::Unclear(cause) => self.perhaps.push(Perhaps { at: one.at, cause }),
        }
    }

    /// As a selection of the table of `like`, with its doubt.
    pub(crate) fn rows(mut self, like: &Rows) -> Rows {
        self.sure.sort_unstable();
        self.sure.dedup();
        let sure = &self.sure;
        let maybe = self.perhaps.into_iter().filter(|one| sure.binary_search(&one.at).is_err()).collect();
        Rows {
            of: Arc::clone(&like.of),
            chosen: self.sure.into_iter().collect(),
            maybe,
            doubt: like.doubt.clone(),
        }
    }
}

/// A cell that was not understood tells nothing.
pub(crate) fn open(one: &Perhaps) -> Answer {
    Answer::Unclear(one.cause.clone())
}
