//! What it takes to show a page, counted before the library does: a form is shown wherever it is named, so that few bytes may
//! stand for text without end.

use std::collections::HashMap;
use std::rc::Rc;

use pdfboss_core::content::{ContentOps, Op, TextItem};
use pdfboss_core::{Dict, Document as File, ObjRef, Object, Page, Stream};

use crate::document::budget::Budget;
use crate::document::error::Problem;
use crate::document::limit::Limit;

/// Forms within each other that the library follows.
const DEPTH: usize = 16;

/// What naming a form costs beside its content, in bytes.
const NAMED: u64 = 64;

/// Times one page may take the same stream as its content.
const SAME: usize = 8;

/// Pieces of text that a page may show, those it does not keep among them.
const MOST_SHOWN: u64 = Limit::Spans.most().saturating_mul(4);

/// Refuses a page that shows more than is read.
pub(super) fn check(file: &File, page: &Page, budget: &mut Budget) -> Result<(), Problem> {
    if repeats(file, page) > SAME {
        return Err(Limit::Unpacked.into());
    }
    // What cannot be decoded shows nothing.
    let Ok(content) = page.content(file) else { return Ok(()) };
    let mut pass = Pass { file, budget, forms: HashMap::new(), shown: 0, bytes: 0 };
    let content = pass.parse(&content, &page.resources)?;
    pass.show(&mut vec![Rc::new(content)])
}

/// How often a page takes the stream it takes most often.
fn repeats(file: &File, page: &Page) -> usize {
    let contents = page.dict().get("Contents").and_then(|contents| file.resolve(contents).ok());
    let mut counts: HashMap<ObjRef, usize> = HashMap::new();
    for named in contents.iter().filter_map(Object::as_array).flatten().filter_map(Object::as_ref) {
        *counts.entry(named).or_default() += 1;
    }
    counts.into_values().max().unwrap_or(0)
}

/// What the content of a page or a form does.
struct Content {
    shown: u64,
    bytes: u64,
    /// The forms and pictures it names, in order.
    names: Vec<String>,
    /// What these names stand for.
    objects: Dict,
}

struct Pass<'p> {
    file: &'p File,
    budget: &'p mut Budget,
    forms: HashMap<ObjRef, Option<Rc<Content>>>,
    shown: u64,
    bytes: u64,
}

impl Pass<'_> {
    fn parse(&mut self, content: &[u8], resources: &Dict) -> Result<Content, Problem> {
        let (mut operators, mut shown, mut names) = (ContentOps::new(content), 0_u64, Vec::new());
        while let Ok(Some((operator, _))) = operators.next_op() {
            match operator {
                Op::ShowText(_) | Op::NextLineShowText(_) | Op::NextLineShowTextSpaced(..) => {
                    shown = shown.saturating_add(1);
                }
                Op::ShowTextAdjusted(items) => {
                    let texts = items.iter().filter(|item| matches!(item, TextItem::Str(_))).count();
                    shown = shown.saturating_add(u64::try_from(texts).unwrap_or(u64::MAX));
                }
                Op::XObject(name) => {
                    self.budget.element()?;
                    names.push(name.0);
                }
                _ => {}
            }
        }
        let objects = resources.get("XObject").and_then(|objects| self.file.resolve(objects).ok());
        let objects = objects.and_then(|objects| objects.as_dict().cloned()).unwrap_or_default();
        Ok(Content { shown, bytes: u64::try_from(content.len()).unwrap_or(u64::MAX), names, objects })
    }

    /// Counts what the last of the contents shows; names that it does not explain are those of the ones around it.
    fn show(&mut self, around: &mut Vec<Rc<Content>>) -> Result<(), Problem> {
        self.budget.clock()?;
        let Some(own) = around.last().cloned() else { return Ok(()) };
        self.shown = self.shown.saturating_add(own.shown);
        self.bytes = self.bytes.saturating_add(own.bytes).saturating_add(NAMED);
        if self.shown > MOST_SHOWN {
            return Err(Limit::Spans.into());
        }
        if self.bytes > Limit::Part.most() {
            return Err(Limit::Elements.into());
        }
        if around.len() > DEPTH {
            return Ok(());
        }
        for name in &own.names {
            let named = around.iter().rev().find_map(|content| content.objects.get(name)).cloned();
            let Some(form) = named.map_or(Ok(None), |named| self.form(&named))? else { continue };
            around.push(form);
            self.show(around)?;
            around.pop();
        }
        Ok(())
    }

    /// The content of a form; each is taken apart once.
    fn form(&mut self, named: &Object) -> Result<Option<Rc<Content>>, Problem> {
        let place = named.as_ref();
        if let Some(known) = place.and_then(|place| self.forms.get(&place)) {
            return Ok(known.clone());
        }
        let object = self.file.resolve(named).ok();
        let stream = object.as_ref().and_then(Object::as_stream).filter(|stream| self.is_form(stream));
        let content = match stream {
            Some(stream) => {
                let of = |key| stream.dict.get(key).and_then(|value| self.file.resolve(value).ok());
                let resources =
                    of("Resources").and_then(|value| value.as_dict().cloned()).unwrap_or_default();
                let data = self.file.stream_data(stream).unwrap_or_default();
                Some(Rc::new(self.parse(&data, &resources)?))
            }
            None => None,
        };
        self.forms.extend(place.map(|place| (place, content.clone())));
        Ok(content)
    }

    fn is_form(&self, stream: &Stream) -> bool {
        let kind = stream.dict.get("Subtype").and_then(|kind| self.file.resolve(kind).ok());
        kind.is_some_and(|kind| kind.as_name().is_some_and(|name| name.0 == "Form"))
    }
}
