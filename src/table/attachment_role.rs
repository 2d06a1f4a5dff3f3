//! What a file that comes with the tables is to the row that names it.

use schemars::JsonSchema;
use serde::Deserialize;

/// What a file named in a row is to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(extend("zh" = "文件的作用"))]
pub enum AttachmentRole {
    /// It backs what the row says.
    #[schemars(extend("zh" = "佐证本行所写的内容"))]
    File,
    /// It is the text of the standard that the row lists.
    #[schemars(extend("zh" = "本行所列标准的文本"))]
    Text,
}
