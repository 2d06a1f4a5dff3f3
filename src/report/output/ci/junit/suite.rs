//! Test suites as `JUnit` has them, in the form that `junit-10.xsd` of Jenkins describes.

use std::io;

use crate::report::escape;
use crate::report::xml::Xml;

/// A suite.
pub(super) struct Suite {
    pub(super) name: String,
    pub(super) properties: Vec<(&'static str, String)>,
    pub(super) cases: Vec<Case>,
}

/// A test.
pub(super) struct Case {
    /// The group it is shown in.
    pub(super) class: String,
    pub(super) name: String,
    pub(super) result: CaseResult,
    /// What is worth knowing of a test that passed.
    pub(super) output: String,
}

/// How a test ended.
pub(super) enum CaseResult {
    Passed,
    /// It was not done, for this reason.
    Skipped(String),
    /// What it holds is not so.
    Failed(Problem),
    /// It could not be done.
    Broken(Problem),
}

/// Why a test did not pass.
pub(super) struct Problem {
    /// A word that programs tell problems by.
    pub(super) kind: &'static str,
    /// In one line.
    pub(super) message: String,
    /// Line by line.
    pub(super) details: String,
}

impl Case {
    /// A test that ended in this way.
    pub(super) fn new(class: impl Into<String>, name: impl Into<String>, result: CaseResult) -> Self {
        Self { class: class.into(), name: name.into(), result, output: String::new() }
    }
}

impl Suite {
    /// The suite as XML.
    pub(super) fn xml(&self) -> io::Result<Vec<u8>> {
        let mut xml = Xml::default();
        xml.line_break();
        let count = |counts: fn(&CaseResult) -> bool| {
            self.cases.iter().filter(|case| counts(&case.result)).count().to_string()
        };
        let attributes = [
            ("name", &escape::xml_line(&self.name)),
            ("tests", &self.cases.len().to_string()),
            ("failures", &count(|result| matches!(result, CaseResult::Failed(_)))),
            ("errors", &count(|result| matches!(result, CaseResult::Broken(_)))),
            ("skipped", &count(|result| matches!(result, CaseResult::Skipped(_)))),
        ];
        let attributes = attributes.map(|(name, value)| (name, value.as_str()));
        xml.element("testsuite", &attributes, |xml| {
            self.write_properties(xml)?;
            self.cases.iter().try_for_each(|case| case.write(xml))?;
            xml.line_break();
            Ok(())
        })?;
        Ok(xml.bytes())
    }

    fn write_properties(&self, xml: &mut Xml) -> io::Result<()> {
        if self.properties.is_empty() {
            return Ok(());
        }
        xml.line_break();
        xml.element("properties", &[], |xml| {
            let mut properties = self.properties.iter();
            properties.try_for_each(|(name, value)| {
                xml.empty("property", &[("name", name), ("value", &escape::xml_line(value))])
            })
        })
    }
}

impl Case {
    fn write(&self, xml: &mut Xml) -> io::Result<()> {
        xml.line_break();
        let attributes =
            [("classname", &*escape::xml_line(&self.class)), ("name", &*escape::xml_line(&self.name))];
        if matches!(self.result, CaseResult::Passed) && self.output.is_empty() {
            return xml.empty("testcase", &attributes);
        }
        xml.element("testcase", &attributes, |xml| {
            match &self.result {
                CaseResult::Passed => {}
                CaseResult::Skipped(reason) => {
                    xml.empty("skipped", &[("message", &escape::xml_line(reason))])?;
                }
                CaseResult::Failed(problem) => problem.write(xml, "failure")?,
                CaseResult::Broken(problem) => problem.write(xml, "error")?,
            }
            if self.output.is_empty() {
                return Ok(());
            }
            xml.text("system-out", &[], &escape::xml_lines(&self.output))
        })
    }
}

impl Problem {
    fn write(&self, xml: &mut Xml, name: &str) -> io::Result<()> {
        let attributes = [("message", &*escape::xml_line(&self.message)), ("type", self.kind)];
        xml.text(name, &attributes, &escape::xml_lines(&self.details))
    }
}
