//! Errors in the files of a pack: code, message and help of each.

use crate::model::suggest::closest;
use crate::model::text::Text;

/// An error in a file of a pack, without its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// Not TOML, or not of the form of its file.
    Form(Text),
    /// A key there is not.
    Key {
        /// The key.
        key: String,
        /// Keys there are.
        known: Vec<String>,
    },
    /// A key that must be there.
    Missing {
        /// The key.
        key: String,
    },
    /// A version that is none.
    Version {
        /// As written.
        text: String,
    },
    /// A pack that is extended and not given.
    NoPack {
        /// Its id.
        id: String,
        /// Packs that are given.
        known: Vec<String>,
    },
    /// A pack that is extended in another version.
    OtherVersion {
        /// Its id.
        id: String,
        /// The version asked for.
        wanted: String,
        /// The version given.
        found: String,
    },
    /// A pack that is extended with other contents.
    OtherDigest {
        /// Its id.
        id: String,
        /// The digest of the pack given.
        found: String,
    },
    /// Packs that extend each other.
    Cycle {
        /// Their ids, the first one again at the end.
        ids: Vec<String>,
    },
    /// A pack laid over one of a higher layer.
    Layer {
        /// Layer of the pack.
        layer: Text,
        /// The pack below.
        below: String,
        /// Layer of the pack below.
        below_layer: Text,
    },
    /// A second pack that stands on its own.
    Second {
        /// The pack that stands on its own already.
        first: String,
    },
    /// A pack that lies in a folder of packs under the id of the one that comes with the program.
    Reserved {
        /// The id.
        id: String,
    },
    /// Something stated twice.
    Duplicate {
        /// What.
        what: Text,
        /// Where else.
        other: String,
    },
    /// An override that matches nothing.
    Nothing {
        /// What should be there.
        what: Text,
        /// Its name.
        name: String,
        /// Names there are.
        known: Vec<String>,
    },
    /// A value that does not suit.
    Value(Text),
    /// More of something than a pack may hold.
    Limit(Text),
    /// Points that do not add up.
    Sum(Text),
    /// An item of the catalog has no rule, or a rule has no item or another name than its file.
    Uncovered(Text),
}

impl PackError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Form(_) => "pack.malformed",
            Self::Key { .. } => "pack.unknown-key",
            Self::Missing { .. } => "pack.missing-key",
            Self::Version { .. } => "pack.version-form",
            Self::NoPack { .. } => "pack.not-given",
            Self::OtherVersion { .. } => "pack.version",
            Self::OtherDigest { .. } => "pack.digest",
            Self::Cycle { .. } => "pack.cycle",
            Self::Layer { .. } => "pack.layer",
            Self::Second { .. } => "pack.second-base",
            Self::Reserved { .. } => "pack.reserved",
            Self::Duplicate { .. } => "pack.duplicate",
            Self::Nothing { .. } => "pack.nothing-to-override",
            Self::Value(_) => "pack.value",
            Self::Limit(_) => "pack.limit",
            Self::Sum(_) => "pack.sum",
            Self::Uncovered(_) => "pack.uncovered",
        }
    }

    /// The message.
    pub fn message(&self) -> Text {
        let both = |zh: String, en: String| Text::new(zh, en);
        match self {
            Self::Form(text)
            | Self::Value(text)
            | Self::Limit(text)
            | Self::Sum(text)
            | Self::Uncovered(text) => text.clone(),
            Self::Key { key, .. } => both(format!("不认识的键“{key}”"), format!("unknown key `{key}`")),
            Self::Missing { key } => both(format!("缺少键“{key}”"), format!("the key `{key}` is missing")),
            Self::Version { text } => {
                both(format!("“{text}”不是版本号"), format!("`{text}` is not a version"))
            }
            Self::NoPack { id, .. } => both(
                format!("规则包扩展的“{id}”没有给出"),
                format!("the pack extends `{id}`, which is not given"),
            ),
            Self::OtherVersion { id, wanted, found } => both(
                format!("需要“{id}”的版本 {wanted}，给出的是 {found}"),
                format!("version {wanted} of `{id}` is needed, {found} is given"),
            ),
            Self::OtherDigest { id, found } => both(
                format!("“{id}”的内容已变：现在的摘要是 {found}"),
                format!("the contents of `{id}` have changed: its digest is now {found}"),
            ),
            Self::Cycle { ids } => both(
                format!("规则包互相扩展：{}", ids.join(" → ")),
                format!("packs extend each other: {}", ids.join(" → ")),
            ),
            Self::Layer { layer, below, below_layer } => both(
                format!("{}规则包不能叠加在{}规则包“{below}”之上", layer.zh, below_layer.zh),
                format!(
                    "a pack of the {} cannot lie over `{below}`, one of the {}",
                    layer.en, below_layer.en
                ),
            ),
            Self::Second { first } => both(
                format!("两个规则包都不扩展别的规则包；已有“{first}”"),
                format!("two packs stand on their own; the other one is `{first}`"),
            ),
            Self::Reserved { id } => both(
                format!("“{id}”是程序内置规则包的编号，存放规则包的文件夹里的包不能顶替它"),
                format!(
                    "`{id}` is the id of the built-in pack, whose place no pack takes that lies in a folder of packs"
                ),
            ),
            Self::Duplicate { what, other } => both(
                format!("{}重复，另一处在 {other}", what.zh),
                format!("{} stands twice; the other is in {other}", what.en),
            ),
            Self::Nothing { what, name, .. } => {
                both(format!("没有{}“{name}”", what.zh), format!("there is no {} `{name}`", what.en))
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> Text {
        match self {
            Self::Key { key, known } => suggestion(key, known),
            Self::NoPack { id, known } => {
                let near = near(id, known);
                let (zh, en) = ("用 --packs 给出它的文件夹", "give its folder with --packs");
                near.map_or_else(
                    || Text::new(zh, en),
                    |near| Text::new(format!("{}{zh}", near.zh), format!("{} or {en}", near.en)),
                )
            }
            Self::Nothing { name, known, .. } => suggestion(name, known),
            Self::Version { .. } => {
                Text::new("写成 1.2.0；要求写成 \">=1.2, <2\"", "write 1.2.0; a requirement is \">=1.2, <2\"")
            }
            Self::OtherVersion { .. } => Text::new(
                "核对差异后改写 extends 的 version，或换用相应版本",
                "look at what differs, then change `version`, or give that version",
            ),
            Self::OtherDigest { .. } => {
                Text::new("核对差异后改写 extends 的 sha256", "look at what differs, then change `sha256`")
            }
            Self::Cycle { .. } => Text::new("删去其中一个 extends", "take one `extends` out"),
            Self::Layer { .. } => Text::new(
                "层级由低到高：national、province、city、project",
                "layers from low to high: national, province, city, project",
            ),
            Self::Second { .. } => {
                Text::new("只给一个，或写明 extends", "give one of them, or write `extends`")
            }
            Self::Reserved { .. } => Text::new(
                "确要用它代替内置规则包，请用 --packs 直接写明这个包；否则把它移出文件夹",
                "name this pack itself with --packs if it is meant to replace the built-in one; else move it away",
            ),
            Self::Duplicate { .. } => Text::new("删去一处或改编号", "take one out, or give it another id"),
            Self::Missing { .. } | Self::Form(_) | Self::Value(_) => Text::new(
                "写法见 docs/writing-rules.md 的“Packs”一节",
                "docs/writing-rules.md, section Packs, tells how it is written",
            ),
            Self::Uncovered(_) => Text::new(
                "每个评价内容须有且只有一条规则，文件名等于编号",
                "each item needs exactly one rule whose file is named after it",
            ),
            Self::Limit(_) => Text::new(
                "删去用不到的内容；来路不明的规则包不要使用",
                "take out what is not needed; do not use a pack of unknown origin",
            ),
            Self::Sum(_) => Text::new("改正写明的分数或各项分值", "correct the mark stated, or the points"),
        }
    }
}

/// Names listed where none is near.
const LISTED: usize = 12;

fn near(name: &str, known: &[String]) -> Option<Text> {
    let near = closest(name, known.iter().map(String::as_str))?;
    Some(Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")))
}

fn suggestion(name: &str, known: &[String]) -> Text {
    near(name, known).unwrap_or_else(|| {
        if known.is_empty() {
            return Text::new("这里没有可以覆盖的内容", "there is nothing here to override");
        }
        let more = if known.len() > LISTED { " …" } else { "" };
        let list = known.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join(", ") + more;
        Text::new(format!("可用的有：{list}"), format!("there are: {list}"))
    })
}
