//! Pages of HTML: one file, or a folder with a page for each organization beside the overview.

use std::io;

use super::csv::file_name;
use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::model::text::Lang;
use crate::report::html::{Batch, Columns, Context, Maps, Markup, SMALL, batch_page, in_short, page_of_one};

/// The overview in a folder.
const OVERVIEW: &str = "index.html";

/// Writes pages.
pub(super) struct PageWriter {
    lang: Lang,
    /// What holds for the run.
    run: Option<Report>,
    /// All organizations, as an overview has them.
    columns: Columns,
    maps: Maps,
    count: usize,
    /// The first organization.
    first: Option<Organization>,
    /// All organizations in short, while they are few.
    plain: Option<Markup>,
}

impl PageWriter {
    pub(super) fn new(lang: Lang) -> Self {
        let plain = Some(Markup::default());
        Self {
            lang,
            run: None,
            columns: Columns::default(),
            maps: Maps::default(),
            count: 0,
            first: None,
            plain,
        }
    }
}

impl ReportWriter for PageWriter {
    fn begin(&mut self, run: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.run = Some(run.clone());
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let run = self.run.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let context =
            Context { run, titles: out.titles, policies: out.policies, brief: false, lang: self.lang };
        self.count = self.count.saturating_add(1);
        let page = out.target.is_folder().then(|| file_name(self.count, &one.id, &one.name, "html"));
        if let Some(name) = &page {
            out.target.begin_file(name)?;
            out.target.write(page_of_one(one, context).as_bytes())?;
        }
        match &mut self.plain {
            Some(plain) if self.count <= SMALL => plain.append(&in_short(one, self.count, context)),
            plain => *plain = None,
        }
        self.columns.add(one, page);
        self.maps.add(one, self.count);
        self.first.get_or_insert_with(|| one.clone());
        Ok(())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let run = Report { organizations: Vec::new(), ..report.clone() };
        let context =
            Context { run: &run, titles: out.titles, policies: out.policies, brief: false, lang: self.lang };
        let is_one = self.count == 1 && run.unreadable.is_empty() && run.not_assessed.is_empty();
        let text = match &self.first {
            Some(one) if is_one && !out.target.is_folder() => page_of_one(one, context),
            model => {
                let plain = self.plain.as_ref();
                let (columns, maps) = (&self.columns, &self.maps);
                batch_page(&Batch { columns, maps, model: model.as_ref(), plain }, context)?
            }
        };
        if out.target.is_folder() {
            out.target.begin_file(OVERVIEW)?;
        }
        out.target.write(text.as_bytes())
    }
}
