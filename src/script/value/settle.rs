//! Selections by cells of which some were not understood: what is chosen for sure, and what may be.

use std::sync::Arc;

use super::maybe::{Answer, Perhaps, open};
use super::rows::Rows;
use super::unclear::Cause;
use crate::script::error::Res;

impl Rows {
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
