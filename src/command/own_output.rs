//! Outputs of commands that have forms of their own: `FORMAT[:PATH]`.

use std::path::{Path, PathBuf};

use crate::model::fault::Fault;
use crate::model::text::Text;

/// The form that a text names among `forms`, and the file; stdout without.
///
/// # Errors
///
/// There is no such form.
pub(super) fn parse<F: Copy, const N: usize>(
    text: &str,
    forms: [(&str, F); N],
) -> Result<(F, Option<PathBuf>), Text> {
    let (name, path) = text.split_once(':').unwrap_or((text, ""));
    let path = (!matches!(path, "" | "-")).then(|| PathBuf::from(path));
    let Some((_, form)) = forms.into_iter().find(|(known, _)| *known == name) else {
        let known = forms.map(|(known, _)| known);
        return Err(Text::new(
            format!("没有输出格式“{name}”，可用的有：{}", known.join("、")),
            format!("there is no format `{name}`; there are: {}", known.join(", ")),
        ));
    };
    Ok((form, path))
}

/// That a workbook has no file to go to; what one may be.
pub(super) fn no_file((zh, en): (&str, &str)) -> Text {
    Text::new(format!("工作簿要写明文件，如 xlsx:{zh}"), format!("name a file, such as xlsx:{en}"))
}

/// That one file is named for the workbooks of several submissions; what to do instead.
pub(super) fn several(path: &Path, help: Text) -> Fault {
    Fault {
        code: "usage.output",
        message: Text::new(
            "有多份申报材料，每份一个工作簿，不能写到一个文件",
            "there are several submissions, each with a workbook of its own: one file cannot hold them",
        ),
        help,
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}
